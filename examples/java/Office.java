import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The session of examples/c/office.c from Java 8, next to JDBC: the entries, the platform's own row and the head go into one
 * transaction, and a server that was too slow catches up and decides again. Any database will do; here it is SQLite.
 */
public final class Office implements AutoCloseable {
    private static final Yicha LIB = Yicha.LIB;
    /** sizeof yicha_head and yicha_bytes on a 64-bit machine. */
    private static final int HEAD = 40, BYTES = 16;

    private final Yicha.Err error = new Yicha.Err();
    private final PointerByReference office = new PointerByReference();
    private final Connection database;
    private final PrintStream out;

    /** The office of a server, from a snapshot or, with null, from nothing; then it catches up with the store. */
    private Office(Connection database, byte[] snapshot, PrintStream out) throws SQLException {
        this.database = database;
        this.out = out;
        PointerByReference edition = new PointerByReference(), calendar = new PointerByReference();
        error.ok(LIB.yicha_edition_wancheng_2026(edition, error));
        error.ok(LIB.yicha_calendar_china(calendar, error));
        try {
            error.ok(snapshot == null
                    ? LIB.yicha_office_new(Yicha.SM3, edition.getValue(), calendar.getValue(), office, error)
                    : LIB.yicha_office_restore(new Yicha.Str(snapshot), edition.getValue(), calendar.getValue(), office, error));
        } finally {
            LIB.yicha_edition_free(edition);
            LIB.yicha_calendar_free(calendar);
        }
    }

    @Override
    public void close() {
        LIB.yicha_office_free(office);
    }

    /** What a server does with a request: decides, stores and commits, catching up as often as it takes. */
    private void handle(String request, String note) throws SQLException {
        while (true) {
            PointerByReference decision = new PointerByReference();
            try {
                error.ok(LIB.yicha_office_decide(office.getValue(), new Yicha.Str(request), decision, error));
                boolean repeated = LIB.yicha_decision_repeated(decision.getValue()) == 1;
                if (repeated || store(decision.getValue(), note)) {
                    String receipt = text((to, error) -> LIB.yicha_decision_receipt(decision.getValue(), to, error));
                    out.print((repeated ? "before: " : "stored: ") + receipt + "\n");
                    error.ok(LIB.yicha_office_commit(office.getValue(), decision, error));
                    return;
                }
            } catch (Yicha.Refused refused) {
                if (headText(head()).equals(storedHead())) { // a refusal counts only if it rests on the head of the store
                    out.print(refused.code + ": " + refused.getMessage() + "（" + refused.basis + "）" + refused.values + "\n");
                    return;
                }
            } finally {
                LIB.yicha_decision_free(decision);
            }
            out.print("another server was faster\n");
            catchUp();
        }
    }

    /** Stores a decision in one transaction. False when another server was faster. */
    private boolean store(Pointer decision, String note) throws SQLException {
        Memory buildsOn = new Memory(HEAD), next = new Memory(HEAD);
        error.ok(LIB.yicha_decision_builds_on(decision, buildsOn, error));
        error.ok(LIB.yicha_decision_next(decision, next, error));
        PointerByReference tip = new PointerByReference();
        error.ok(LIB.yicha_decision_next_tip(decision, tip, error));
        String tipText = text((to, error) -> LIB.yicha_tip_to_text(tip.getValue(), to, error));
        LIB.yicha_tip_free(tip);
        database.setAutoCommit(false);
        try (PreparedStatement swap = database.prepareStatement("UPDATE ledger SET head = ?, tip = ? WHERE head = ?");
                PreparedStatement insert = database.prepareStatement("INSERT INTO entry (sequence, bytes) VALUES (?, ?)");
                PreparedStatement own = database.prepareStatement("INSERT INTO note (text) VALUES (?)")) {
            swap.setString(1, headText(next));
            swap.setString(2, tipText);
            swap.setString(3, headText(buildsOn));
            if (swap.executeUpdate() != 1) {
                database.rollback();
                return false;
            }
            for (long i = 0; i < LIB.yicha_decision_count(decision); i++) {
                Memory entry = new Memory(BYTES);
                error.ok(LIB.yicha_decision_entry(decision, i, entry, error));
                insert.setLong(1, buildsOn.getLong(32) + i);
                insert.setBytes(2, entry.getPointer(0).getByteArray(0, (int) entry.getLong(8)));
                insert.executeUpdate();
            }
            own.setString(1, note);
            own.executeUpdate();
            database.commit();
            return true;
        } catch (SQLException | RuntimeException failed) {
            database.rollback(); // nothing was stored, and the office has not changed either
            throw failed;
        } finally {
            database.setAutoCommit(true);
        }
    }

    /** Takes over what other servers have stored behind the office's head. */
    private void catchUp() throws SQLException {
        Memory mine = head(), stored = new Memory(HEAD);
        List<Yicha.Str> entries = new ArrayList<>();
        database.setAutoCommit(false); // head and entries of one moment
        try (PreparedStatement query = database.prepareStatement("SELECT bytes FROM entry WHERE sequence >= ? ORDER BY sequence")) {
            error.ok(LIB.yicha_head_parse(new Yicha.Str(storedHead()), stored, error));
            query.setLong(1, mine.getLong(32));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Yicha.Str(rows.getBytes(1)));
                }
            }
        } finally {
            database.rollback();
            database.setAutoCommit(true);
        }
        Memory array = new Memory(Math.max(1, entries.size()) * (long) BYTES);
        for (int i = 0; i < entries.size(); i++) {
            array.setPointer((long) i * BYTES, entries.get(i).data);
            array.setLong((long) i * BYTES + 8, entries.get(i).len);
        }
        error.ok(LIB.yicha_office_catch_up(office.getValue(), array, entries.size(), stored, error));
    }

    private void askOpen(String day) {
        Yicha.Str question = new Yicha.Str("{\"question\":{\"open\":{\"day\":\"" + day + "\"}},\"v\":1}");
        out.print("open on " + day + ": " + text((to, error) -> LIB.yicha_office_ask(office.getValue(), question, to, error)) + "\n");
    }

    private Memory head() {
        Memory head = new Memory(HEAD);
        error.ok(LIB.yicha_office_head(office.getValue(), head, error));
        return head;
    }

    private String storedHead() throws SQLException {
        try (Statement query = database.createStatement(); ResultSet row = query.executeQuery("SELECT head FROM ledger")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The row of an empty ledger, and the tables. */
    private void create() throws SQLException {
        PointerByReference tip = new PointerByReference();
        error.ok(LIB.yicha_office_tip(office.getValue(), tip, error));
        try (Statement create = database.createStatement();
                PreparedStatement insert = prepareAfter(create, "INSERT INTO ledger (head, tip) VALUES (?, ?)")) {
            insert.setString(1, headText(head()));
            insert.setString(2, text((to, error) -> LIB.yicha_tip_to_text(tip.getValue(), to, error)));
            insert.executeUpdate();
        } finally {
            LIB.yicha_tip_free(tip);
        }
    }

    private PreparedStatement prepareAfter(Statement create, String insert) throws SQLException {
        create.executeUpdate("CREATE TABLE entry (sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
        create.executeUpdate("CREATE TABLE ledger (head TEXT NOT NULL, tip TEXT NOT NULL)");
        create.executeUpdate("CREATE TABLE note (text TEXT NOT NULL)");
        return database.prepareStatement(insert);
    }

    private static String headText(Pointer head) {
        return text((to, error) -> LIB.yicha_head_to_text(head, to, error));
    }

    private static String text(Yicha.TextOut call) {
        return new String(Yicha.text(call), StandardCharsets.UTF_8);
    }

    private static final String DIGEST = "\"5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9\"";

    /** A request; the texts of resolutions and reports go in as salted digests. Article 7. */
    private static String request(String department, String id, String role, String command, String day, String number) {
        return "{\"actor\":{\"department\":" + department + ",\"id\":\"" + id + "\",\"role\":\"" + role + "\"},"
                + "\"command\":{\"conference\":" + command + "},\"effective\":\"" + day + "\",\"id\":\"" + number + "\","
                + "\"purpose\":\"coordination\",\"recorded\":\"" + day + "T02:00:00Z\",\"v\":1}";
    }

    private static String hold() {
        String held = "{\"agenda\":[" + DIGEST + "],\"attended\":[\"fire\",\"market\"],\"occasion\":\"regular\",\"resolutions\":"
                + "[{\"due\":\"2026-04-10\",\"id\":\"1\",\"owner\":\"market\",\"text\":" + DIGEST + "}]}";
        String command = "{\"hold\":{\"conference\":\"2026-1\",\"held\":" + held + "}}";
        return request("null", "office-1", "joint-office", command, "2026-03-25", "c-1");
    }

    private static String done(String day, String number) {
        String report = "{\"report\":" + DIGEST + ",\"resolution\":\"1\"}";
        String command = "{\"finish-resolution\":{\"conference\":\"2026-1\",\"done\":" + report + "}}";
        return request("\"market\"", "officer-7", "officer", command, day, number);
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        if (LIB.yicha_abi_version() != Yicha.ABI_VERSION) {
            throw new IllegalStateException("another version of libyicha");
        }
        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
                Office first = new Office(database, null, out);
                Office second = new Office(database, null, out)) {
            first.create();
            // Two servers over one store. The second one lags, and finds out.
            first.handle(hold(), "会议纪要已归档");
            first.askOpen("2026-04-11");
            second.handle(done("2026-04-08", "c-2"), "决议办理情况已归档");
            first.handle(done("2026-04-08", "c-2"), "never stored: the request was followed before");
            second.handle(done("2026-04-09", "c-3"), "never stored: it is refused");
            second.askOpen("2026-04-11");

            // A third server starts from a snapshot and what came after it.
            byte[] snapshot = Yicha.text((to, error) -> LIB.yicha_office_snapshot(second.office.getValue(), to, error));
            try (Office third = new Office(database, snapshot, out)) {
                third.catchUp();
                // The text that the host's module signs and publishes.
                Memory head = third.head();
                out.print(text((to, error) -> LIB.yicha_checkpoint_to_text(new Yicha.Str("wancheng.example/yicha"), head, Yicha.SM3, to, error)));
            }
        }
    }
}
