import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The draw of examples/c/draw.c from Java 8. The roster goes over as the text file that the office keeps. */
public final class Draw {
    private static final Yicha LIB = Yicha.LIB;
    private static final Yicha.Err ERROR = new Yicha.Err();
    private static final String SCHEME = "411302-2026-0017";
    private static final String[] DEPARTMENTS = {"market", "fire"};
    /** sizeof and offsets of yicha_stratum, yicha_rule and yicha_reveal on a 64-bit machine. */
    private static final int STRATUM = 32, RULE = 56, REVEAL = 48;

    private Draw() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        if (LIB.yicha_abi_version() != Yicha.ABI_VERSION) {
            throw new IllegalStateException("another version of libyicha");
        }
        try {
            draw(out);
        } catch (Yicha.Refused refused) {
            out.println(refused.code + ": " + refused.getMessage());
            System.exit(1);
        }
    }

    private static void draw(PrintStream out) {
        PointerByReference roster = new PointerByReference();
        ERROR.ok(LIB.yicha_roster_parse(new Yicha.Str(rosterFile()), roster, ERROR));
        PointerByReference committed = new PointerByReference();
        ERROR.ok(LIB.yicha_roster_commit(roster, Yicha.SM3, secret(1), 0, committed, ERROR));

        PointerByReference announcement = announce(committed.getValue());
        String announced = text((to, error) -> LIB.yicha_announcement_to_text(announcement.getValue(), to, error));

        Memory reveals = new Memory(2 * REVEAL);
        Yicha.Str[] names = {new Yicha.Str(DEPARTMENTS[0]), new Yicha.Str(DEPARTMENTS[1])};
        for (int i = 0; i < 2; i++) {
            reveals.setPointer((long) i * REVEAL, names[i].data);
            reveals.setLong((long) i * REVEAL + 8, names[i].len);
            reveals.write((long) i * REVEAL + 16, secret(2 + i).getByteArray(0, 32), 0, 32);
        }
        PointerByReference sealed = new PointerByReference();
        ERROR.ok(LIB.yicha_sealed_new(announcement.getValue(), reveals, 2, null, 0, sealed, ERROR));
        String seed = text((to, error) -> LIB.yicha_sealed_seed_text(sealed.getValue(), to, error));
        PointerByReference drawn = new PointerByReference();
        ERROR.ok(LIB.yicha_sealed_draw(sealed, committed.getValue(), 0, drawn, ERROR));
        PointerByReference list = new PointerByReference();
        ERROR.ok(LIB.yicha_drawn_get_list(drawn.getValue(), list, ERROR));
        String listed = text((to, error) -> LIB.yicha_list_to_text(list.getValue(), to, error));
        out.print(listed);

        PointerByReference slip = new PointerByReference();
        Memory facts = new Memory(36);
        ERROR.ok(LIB.yicha_drawn_get_slip(drawn.getValue(), committed.getValue(), new Yicha.Str("t0000"), slip, ERROR));
        ERROR.ok(LIB.yicha_slip_check(slip.getValue(), announcement.getValue(), new Yicha.Str(seed), list.getValue(), facts, ERROR));
        out.print("t0000: " + Arrays.asList("not drawn", "drawn", "excluded").get(facts.getInt(0)) + "\n");

        PointerByReference folder = new PointerByReference();
        ERROR.ok(LIB.yicha_folder_new(folder, ERROR));
        String[][] files = {{"announcement-targets.txt", announced}, {"seed-targets.txt", seed}, {"list.txt", listed}};
        for (String[] file : files) {
            IntByReference known = new IntByReference();
            ERROR.ok(LIB.yicha_folder_add(folder.getValue(), new Yicha.Str(file[0]), new Yicha.Str(file[1]), known, ERROR));
        }
        PointerByReference statement = new PointerByReference();
        ERROR.ok(LIB.yicha_folder_verify(folder.getValue(), new Yicha.Str(), statement, ERROR));
        out.print(text((to, error) -> LIB.yicha_statement_to_text(statement.getValue(), Yicha.ZH, to, error)));

        LIB.yicha_statement_free(statement);
        LIB.yicha_folder_free(folder);
        LIB.yicha_slip_free(slip);
        LIB.yicha_list_free(list);
        LIB.yicha_drawn_free(drawn);
        LIB.yicha_announcement_free(announcement);
        LIB.yicha_committed_free(committed);
    }

    /** Target, class and standing, as roster.tsv has them. */
    private static String rosterFile() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String standing = i == 0 ? "excluded:frequency-cap" : "eligible";
            file.append(String.format("t%04d\t%s\t%s\n", i, i % 4 == 0 ? "D" : "A", standing));
        }
        return file.toString();
    }

    private static PointerByReference announce(Pointer committed) {
        Memory root = new Memory(32);
        ERROR.ok(LIB.yicha_committed_root(committed, root, ERROR));
        PointerByReference terms = new PointerByReference();
        Yicha.Str scheme = new Yicha.Str(SCHEME);
        ERROR.ok(LIB.yicha_terms_new(Yicha.SM3, scheme, 1, null, instant("2026-03-25T01:00:00Z"), instant("2026-03-25T02:00:00Z"), terms, ERROR));
        for (int i = 0; i < 2; i++) {
            Memory commitment = new Memory(32);
            Yicha.Str department = new Yicha.Str(DEPARTMENTS[i]);
            ERROR.ok(LIB.yicha_nonce_commit(Yicha.SM3, scheme, new Yicha.Str("targets"), 1, department, secret(2 + i), commitment, ERROR));
            ERROR.ok(LIB.yicha_terms_contribution(terms.getValue(), department, commitment, ERROR));
        }
        Memory rules = new Memory(2 * RULE);
        rules.clear();
        for (int i = 0; i < 2; i++) {
            Memory count = new Memory(STRATUM);
            ERROR.ok(LIB.yicha_committed_stratum(committed, i, count, ERROR));
            long at = (long) i * RULE;
            rules.write(at, count.getByteArray(0, 24), 0, 24); // code and eligible stand alike in both
            rules.setLong(at + 24, i == 0 ? 500 : 3000);
        }
        PointerByReference announcement = new PointerByReference();
        ERROR.ok(LIB.yicha_announcement_targets(terms.getValue(), root, 40, rules, 2, announcement, ERROR));
        LIB.yicha_terms_free(terms);
        return announcement;
    }

    private static long instant(String text) {
        LongByReference out = new LongByReference();
        ERROR.ok(LIB.yicha_instant_parse(new Yicha.Str(text), out, ERROR));
        return out.getValue();
    }

    /** A demonstration must be repeatable. In earnest the bytes come from java.security.SecureRandom. */
    private static Memory secret(int seed) {
        Memory out = new Memory(32);
        out.setMemory(0, 32, (byte) seed);
        return out;
    }

    private static String text(Yicha.TextOut call) {
        return new String(Yicha.text(call), StandardCharsets.UTF_8);
    }
}
