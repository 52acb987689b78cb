import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The functions of yicha.h that a draw and an office need, by JNA. size_t is a long on the 64-bit machines this is for. */
public interface Yicha extends Library {
    Yicha LIB = Native.load("yicha", Yicha.class);
    int OK = 0, ZH = 0, EN = 1, SM3 = 2, EXCLUDED = 2;
    int ABI_VERSION = 1;

    /** yicha_str and yicha_bytes: pointer and length. The memory lives as long as this object. */
    class Str extends Structure implements Structure.ByValue {
        public Pointer data;
        public long len;

        public Str() {}

        Str(String text) {
            this(text.getBytes(StandardCharsets.UTF_8));
        }

        Str(byte[] bytes) {
            if (bytes.length > 0) {
                data = new Memory(bytes.length);
                data.write(0, bytes, 0, bytes.length);
            }
            len = bytes.length;
        }

        @Override
        protected List<String> getFieldOrder() {
            return Arrays.asList("data", "len");
        }
    }

    /** A refusal: the code for programs, the message for people, its basis, and the offending values as JSON. */
    class Refused extends RuntimeException {
        final String code, basis, values;

        Refused(Pointer error) {
            super(chinese(LIB.yicha_error_message(error, ZH)));
            code = chinese(LIB.yicha_error_code(error));
            basis = chinese(LIB.yicha_error_basis(error, ZH));
            values = chinese(LIB.yicha_error_values(error));
            LIB.yicha_error_free(new PointerByReference(error));
        }

        private static String chinese(Pointer text) {
            return text.getString(0, "UTF-8");
        }
    }

    /** The error of the next call; {@link #ok} throws it. */
    final class Err extends PointerByReference {
        void ok(int status) {
            if (status != OK) {
                Pointer error = getValue();
                setValue(null);
                throw new Refused(error);
            }
        }
    }

    /** A call that hands out a text. */
    interface TextOut {
        int write(PointerByReference to, Err error);
    }

    /** The text that a call hands out. */
    static byte[] text(TextOut call) {
        PointerByReference out = new PointerByReference();
        Err error = new Err();
        error.ok(call.write(out, error));
        Pointer text = out.getValue();
        byte[] bytes = LIB.yicha_text_data(text).getByteArray(0, (int) LIB.yicha_text_len(text));
        LIB.yicha_text_free(out);
        return bytes;
    }

    int yicha_abi_version();

    Pointer yicha_error_code(Pointer error);

    Pointer yicha_error_message(Pointer error, int language);

    Pointer yicha_error_basis(Pointer error, int language);

    Pointer yicha_error_values(Pointer error);

    void yicha_error_free(PointerByReference error);

    Pointer yicha_text_data(Pointer text);

    long yicha_text_len(Pointer text);

    void yicha_text_free(PointerByReference text);

    int yicha_instant_parse(Str text, LongByReference out, Err error);

    int yicha_roster_parse(Str file, PointerByReference out, Err error);

    int yicha_roster_commit(PointerByReference roster, int suite, Pointer key, int threads, PointerByReference out, Err error);

    int yicha_committed_root(Pointer committed, Pointer out, Err error);

    int yicha_committed_stratum(Pointer committed, long place, Pointer out, Err error);

    void yicha_committed_free(PointerByReference committed);

    int yicha_terms_new(int suite, Str scheme, long attempt, Pointer previous, long announced, long revealBy, PointerByReference out, Err error);

    int yicha_nonce_commit(int suite, Str scheme, Str stage, long attempt, Str department, Pointer nonce, Pointer out, Err error);

    int yicha_terms_contribution(Pointer terms, Str department, Pointer commitment, Err error);

    void yicha_terms_free(PointerByReference terms);

    int yicha_announcement_targets(Pointer terms, Pointer root, long rows, Pointer rules, long count, PointerByReference out, Err error);

    int yicha_announcement_to_text(Pointer announcement, PointerByReference out, Err error);

    void yicha_announcement_free(PointerByReference announcement);

    int yicha_sealed_new(Pointer announcement, Pointer reveals, long revealCount, Pointer values, long valueCount, PointerByReference out, Err error);

    int yicha_sealed_seed_text(Pointer sealed, PointerByReference out, Err error);

    int yicha_sealed_draw(PointerByReference sealed, Pointer roster, int threads, PointerByReference out, Err error);

    int yicha_drawn_get_list(Pointer drawn, PointerByReference out, Err error);

    int yicha_drawn_get_slip(Pointer drawn, Pointer roster, Str id, PointerByReference out, Err error);

    void yicha_drawn_free(PointerByReference drawn);

    int yicha_list_to_text(Pointer list, PointerByReference out, Err error);

    void yicha_list_free(PointerByReference list);

    int yicha_slip_check(Pointer slip, Pointer announcement, Str seedFile, Pointer list, Pointer out, Err error);

    void yicha_slip_free(PointerByReference slip);

    int yicha_folder_new(PointerByReference out, Err error);

    int yicha_folder_add(Pointer folder, Str name, Str file, IntByReference out, Err error);

    int yicha_folder_verify(Pointer folder, Str evidence, PointerByReference out, Err error);

    void yicha_folder_free(PointerByReference folder);

    int yicha_statement_to_text(Pointer statement, int language, PointerByReference out, Err error);

    void yicha_statement_free(PointerByReference statement);

    int yicha_calendar_china(PointerByReference out, Err error);

    void yicha_calendar_free(PointerByReference calendar);

    int yicha_edition_wancheng_2026(PointerByReference out, Err error);

    void yicha_edition_free(PointerByReference edition);

    int yicha_head_to_text(Pointer head, PointerByReference out, Err error);

    int yicha_head_parse(Str text, Pointer out, Err error);

    int yicha_tip_to_text(Pointer tip, PointerByReference out, Err error);

    void yicha_tip_free(PointerByReference tip);

    int yicha_office_new(int suite, Pointer edition, Pointer calendar, PointerByReference out, Err error);

    int yicha_office_restore(Str snapshot, Pointer edition, Pointer calendar, PointerByReference out, Err error);

    int yicha_office_snapshot(Pointer office, PointerByReference out, Err error);

    int yicha_office_decide(Pointer office, Str request, PointerByReference out, Err error);

    int yicha_office_commit(Pointer office, PointerByReference decision, Err error);

    int yicha_office_catch_up(Pointer office, Pointer entries, long count, Pointer head, Err error);

    int yicha_office_ask(Pointer office, Str question, PointerByReference out, Err error);

    int yicha_office_head(Pointer office, Pointer out, Err error);

    int yicha_office_tip(Pointer office, PointerByReference out, Err error);

    void yicha_office_free(PointerByReference office);

    int yicha_decision_repeated(Pointer decision);

    long yicha_decision_count(Pointer decision);

    int yicha_decision_entry(Pointer decision, long place, Pointer out, Err error);

    int yicha_decision_builds_on(Pointer decision, Pointer out, Err error);

    int yicha_decision_next(Pointer decision, Pointer out, Err error);

    int yicha_decision_next_tip(Pointer decision, PointerByReference out, Err error);

    int yicha_decision_receipt(Pointer decision, PointerByReference out, Err error);

    void yicha_decision_free(PointerByReference decision);

    int yicha_checkpoint_to_text(Str origin, Pointer head, int suite, PointerByReference out, Err error);
}
