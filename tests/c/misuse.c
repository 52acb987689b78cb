/* Wrong use of every function is answered with a status, and writes nothing. tests/c/run checks that none is left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yicha.h>

static int checks;
static yicha_error *error;

static void fail(const char *what, int line) {
  fprintf(stderr, "misuse.c:%d: %s (%s)\n", line, what, yicha_error_message(error, YICHA_EN));
  exit(1);
}

#define CHECK(condition) do { checks++; if (!(condition)) fail(#condition, __LINE__); } while (0)
#define OK(call) CHECK((call) == YICHA_OK)

/* The call has status `wanted`, an error that says so, and leaves `out` as it was. */
#define ANSWERED(wanted, type, call) \
  do { \
    type out; \
    type before; \
    memset(&out, 0x5a, sizeof out); \
    memset(&before, 0x5a, sizeof before); \
    CHECK((call) == (wanted)); \
    CHECK(memcmp(&out, &before, sizeof out) == 0); \
    CHECK(yicha_error_status(error) == (wanted)); \
    CHECK(yicha_error_code(error)[0] && yicha_error_message(error, YICHA_ZH)[0] && yicha_error_basis(error, YICHA_EN)[0]); \
    yicha_error_free(&error); \
    CHECK(error == NULL); \
  } while (0)

#define NULLED(type, call) ANSWERED(YICHA_NULL, type, call)
#define RANGED(type, call) ANSWERED(YICHA_RANGE, type, call)

/* NULL and a pointer to NULL are let be; the second call through the same pointer does nothing. */
#define FREED(type, name) \
  do { \
    yicha_##name##_free(NULL); \
    yicha_##name##_free(&name); \
    CHECK(name == NULL); \
    yicha_##name##_free(&name); \
  } while (0)

static const yicha_str NO = {NULL, 0};
static const yicha_bytes NONE = {NULL, 0};

static yicha_bytes bytes(const char *text) {
  yicha_bytes out;
  out.data = (const uint8_t *)text;
  out.len = strlen(text);
  return out;
}

typedef struct { int unused; } nothing; /* for calls without `out` */

static const char IDS[] = "t1t2t3";
static const int32_t OFFSETS[] = {0, 2, 4, 6};
static const uint16_t ZEROS[] = {0, 0, 0};
static yicha_str strata[1], standings[1];

static yicha_roster_columns columns(void) {
  yicha_roster_columns c;
  memset(&c, 0, sizeof c);
  strata[0] = YICHA_STR("A");
  standings[0] = YICHA_STR("eligible");
  c.struct_size = sizeof c;
  c.ids.struct_size = sizeof c.ids;
  c.ids.data = (const uint8_t *)IDS;
  c.ids.data_len = 6;
  c.ids.offsets32 = OFFSETS;
  c.ids.rows = 3;
  c.strata = c.standings = ZEROS;
  c.stratum_codes = strata;
  c.standing_codes = standings;
  c.stratum_count = c.standing_count = 1;
  return c;
}

static void texts(void) {
  yicha_text *text = NULL;
  yicha_digest d;
  uint8_t verdicts[3];
  yicha_roster_columns c = columns();
  char a_nul[2] = {'a', 0};
  memset(&d, 0, sizeof d);

  CHECK(yicha_abi_version() == YICHA_ABI_VERSION && yicha_version()[0]);
  CHECK(yicha_error_status(NULL) == YICHA_OK && !yicha_error_code(NULL)[0] && !yicha_error_message(NULL, 0)[0]);
  CHECK(!yicha_error_basis(NULL, 0)[0] && yicha_error_article(NULL) == 0 && yicha_error_place(NULL) == 0);
  CHECK(yicha_error_parts(NULL) == 0 && yicha_error_part(NULL, 0) == NULL);
  yicha_error_free(NULL);
  CHECK(yicha_text_data(NULL) == NULL && yicha_text_len(NULL) == 0);

  NULLED(yicha_digest, yicha_digest_of(YICHA_SM3, (yicha_bytes){NULL, 1}, &out, &error));
  RANGED(yicha_digest, yicha_digest_of(3, NONE, &out, &error));
  RANGED(yicha_digest, yicha_digest_of(YICHA_SM3, (yicha_bytes){(const uint8_t *)IDS, SIZE_MAX}, &out, &error));
  NULLED(nothing, yicha_digest_of(YICHA_SM3, NONE, NULL, &error));
  CHECK(yicha_digest_of(0, NONE, &d, NULL) == YICHA_RANGE); /* nobody need want the error */
  NULLED(yicha_text *, yicha_digest_to_text(NULL, &out, &error));
  OK(yicha_digest_to_text(&d, &text, &error));
  CHECK(yicha_text_len(text) == 64 && strlen(yicha_text_data(text)) == 64);
  FREED(yicha_text, text);
  ANSWERED(YICHA_REFUSED, yicha_digest, yicha_digest_parse(YICHA_STR("00"), &out, &error));
  ANSWERED(YICHA_NOT_UTF8, yicha_digest, yicha_digest_parse(YICHA_STR("\xff"), &out, &error));

  NULLED(nothing, yicha_code_check((yicha_str){NULL, 3}, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_code_check(NO, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_code_check(yicha_str_of(a_nul, 2), &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_code_check(YICHA_STR("\xff"), &error));
  ANSWERED(YICHA_NOT_UTF8, nothing, yicha_uscc_check(YICHA_STR("\xff"), &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_uscc_check(YICHA_STR("91110000600037341M"), &error));
  NULLED(uint64_t, yicha_code_check_column(NULL, verdicts, &out, &error));
  NULLED(uint64_t, yicha_code_check_column(&c.ids, NULL, &out, &error));
  c.ids.offsets64 = (const int64_t *)(const void *)ZEROS;
  RANGED(uint64_t, yicha_code_check_column(&c.ids, verdicts, &out, &error)); /* both kinds of offsets */
  c = columns();
  c.ids.rows = SIZE_MAX;
  RANGED(uint64_t, yicha_uscc_check_column(&c.ids, verdicts, &out, &error));
  c = columns();
  c.ids.data_len = 5;
  RANGED(uint64_t, yicha_uscc_check_column(&c.ids, verdicts, &out, &error)); /* an offset outside of the bytes */
  c.ids.struct_size--;
  ANSWERED(YICHA_STRUCT_SIZE, uint64_t, yicha_code_check_column(&c.ids, verdicts, &out, &error));
  c = columns();
  c.ids.offsets32 = (const int32_t *)(const void *)((const char *)OFFSETS + 1);
  RANGED(uint64_t, yicha_code_check_column(&c.ids, verdicts, &out, &error)); /* not aligned */

  ANSWERED(YICHA_REFUSED, int32_t, yicha_date_parse(YICHA_STR("2026-02-29"), &out, &error));
  RANGED(yicha_text *, yicha_date_to_text(INT32_MAX, &out, &error));
  ANSWERED(YICHA_REFUSED, int64_t, yicha_instant_parse(YICHA_STR("2026-02-28"), &out, &error));
  RANGED(yicha_text *, yicha_instant_to_text(INT64_MIN, &out, &error));
}

static void lists(void) {
  int32_t falling[2] = {0, 1};
  uint32_t rates[2] = {200, 100};
  int32_t found;
  RANGED(yicha_str, yicha_result_code(YICHA_RESULTS, &out, &error));
  RANGED(yicha_str, yicha_result_code(-1, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, int32_t, yicha_result_from_code(YICHA_STR("none"), &out, &error));
  RANGED(yicha_str, yicha_result_label(0, 2, &out, &error));
  RANGED(int32_t, yicha_result_polarity(YICHA_RESULTS, &out, &error));
  RANGED(int32_t, yicha_result_needs_text(YICHA_RESULTS, &out, &error));
  OK(yicha_result_needs_text(YICHA_RESULTS - 1, &found, &error));
  CHECK(found == 1);
  RANGED(yicha_str, yicha_risk_code(YICHA_RISK_CLASSES, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, int32_t, yicha_risk_from_code(YICHA_STR("E"), &out, &error));
  RANGED(yicha_str, yicha_risk_label(YICHA_RISK_CLASSES, YICHA_ZH, &out, &error));
  RANGED(uint64_t, yicha_risk_henan_2021_rate(YICHA_RISK_CLASSES, &out, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_risk_check_rates(falling, rates, 2, &error));
  NULLED(nothing, yicha_risk_check_rates(NULL, rates, 2, &error));
  rates[0] = 10001;
  RANGED(nothing, yicha_risk_check_rates(falling, rates, 2, &error));
  RANGED(yicha_str, yicha_assurance_code(YICHA_PUBLIC + 1, &out, &error));
  RANGED(yicha_str, yicha_assurance_words(YICHA_PUBLIC, 7, &out, &error));
}

static void calendar_part(void) {
  yicha_calendar *calendar = NULL, *plain = NULL, *more = NULL;
  yicha_explanation *explanation = NULL;
  yicha_day_answer answer, answers[2];
  yicha_explained_day day;
  int32_t days[2] = {20000, INT32_MAX};
  NULLED(nothing, yicha_calendar_china(NULL, &error));
  NULLED(nothing, yicha_calendar_plain(NULL, &error));
  OK(yicha_calendar_china(&calendar, &error));
  OK(yicha_calendar_plain(&plain, &error));
  OK(yicha_calendar_is_workday(plain, 20000, &answer, &error));
  CHECK(answer.provisional == 1 && answer.missing == 20000 && answer.last_known == YICHA_NO_DATE);
  NULLED(yicha_calendar *, yicha_calendar_with_notice(NULL, 2027, YICHA_STR("x"), NO, &out, &error));
  CHECK(yicha_calendar_with_notice(calendar, 2027, NO, YICHA_STR("2029-01-01,off,a\n2029-01-01,off,a\n"), &more, &error) == YICHA_REFUSED);
  CHECK(yicha_error_parts(error) == 4 && strcmp(yicha_error_code(yicha_error_part(error, 3)), "notice-day-twice") == 0);
  CHECK(yicha_error_part(error, 4) == NULL);
  yicha_error_free(&error);
  NULLED(yicha_day_answer, yicha_calendar_is_workday(NULL, 0, &out, &error));
  RANGED(yicha_day_answer, yicha_calendar_is_workday(calendar, INT32_MIN, &out, &error));
  NULLED(yicha_day_answer, yicha_calendar_add_workdays(NULL, 0, 1, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_day_answer, yicha_calendar_add_workdays(calendar, 0, INT32_MAX, &out, &error));
  NULLED(yicha_day_answer, yicha_calendar_workdays_between(NULL, 0, 1, &out, &error));
  RANGED(yicha_day_answer, yicha_calendar_workdays_between(calendar, 0, INT32_MAX, &out, &error));
  NULLED(yicha_day_answer, yicha_calendar_deadline(NULL, 0, 1, &out, &error));
  RANGED(yicha_day_answer, yicha_calendar_deadline(calendar, INT32_MIN, 1, &out, &error));
  NULLED(nothing, yicha_calendar_is_workday_column(calendar, NULL, 2, answers, &error));
  NULLED(nothing, yicha_calendar_is_workday_column(calendar, days, 2, NULL, &error));
  RANGED(nothing, yicha_calendar_is_workday_column(calendar, days, 2, answers, &error));
  RANGED(nothing, yicha_calendar_add_workdays_column(calendar, days, 2, 1, answers, &error));
  OK(yicha_calendar_add_workdays_column(calendar, NULL, 0, 1, NULL, &error));
  NULLED(yicha_explanation *, yicha_calendar_explain(NULL, 0, 1, YICHA_ZH, &out, &error));
  RANGED(yicha_explanation *, yicha_calendar_explain(calendar, 0, 1, 9, &out, &error));
  OK(yicha_calendar_explain(calendar, 20532, 20, YICHA_ZH, &explanation, &error)); /* 2026-03-20 */
  CHECK(yicha_explanation_len(explanation) == 31 && yicha_explanation_len(NULL) == 0); /* to 2026-04-20 */
  OK(yicha_explanation_day(explanation, 30, &day, &error));
  CHECK(day.number == 20 && day.reason.len > 0);
  ANSWERED(YICHA_NOT_FOUND, yicha_explained_day, yicha_explanation_day(explanation, 31, &out, &error));
  NULLED(yicha_explained_day, yicha_explanation_day(NULL, 0, &out, &error));
  FREED(yicha_explanation, explanation);
  FREED(yicha_calendar, calendar);
  yicha_calendar_free(&plain);
  NULLED(yicha_day_answer, yicha_calendar_is_workday(calendar, 0, &out, &error)); /* freed */
}

static void trees(void) {
  yicha_frontier *frontier = NULL;
  yicha_digest d;
  memset(&d, 0, sizeof d);
  RANGED(yicha_frontier *, yicha_frontier_new(0, &out, &error));
  OK(yicha_frontier_new(YICHA_SM3, &frontier, &error));
  NULLED(nothing, yicha_frontier_append(NULL, NULL, 0, &error));
  NULLED(nothing, yicha_frontier_append(frontier, NULL, 1, &error));
  NULLED(nothing, yicha_frontier_append(frontier, (yicha_bytes[]){{(const uint8_t *)"a", 1}, {NULL, 1}}, 2, &error));
  CHECK(yicha_frontier_size(frontier) == 0 && yicha_frontier_size(NULL) == 0); /* all or nothing */
  NULLED(yicha_digest, yicha_frontier_root(NULL, &out, &error));
  FREED(yicha_frontier, frontier);
  RANGED(yicha_digest, yicha_merkle_leaf(9, NONE, &out, &error));
  NULLED(yicha_digest, yicha_merkle_node(YICHA_SM3, NULL, &d, &out, &error));
  NULLED(nothing, yicha_merkle_verify_inclusion(YICHA_SM3, NULL, 0, 1, NULL, 0, &d, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_merkle_verify_inclusion(YICHA_SM3, &d, 1, 1, NULL, 0, &d, &error));
  NULLED(nothing, yicha_merkle_verify_inclusion(YICHA_SM3, &d, 0, 2, NULL, 1, &d, &error));
  NULLED(nothing, yicha_merkle_verify_consistency(YICHA_SM3, 1, 1, &d, NULL, NULL, 0, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_merkle_verify_consistency(YICHA_SM3, 2, 1, &d, &d, NULL, 0, &error));
}

static void draws(void) {
  yicha_roster_columns c = columns();
  yicha_roster *roster = NULL;
  yicha_committed *committed = NULL, *no_committed = NULL;
  yicha_root *root = NULL;
  yicha_terms *terms = NULL;
  yicha_announcement *announcement = NULL, *inspectors = NULL, *inspectors_read = NULL;
  yicha_sealed *sealed = NULL, *other_stage = NULL, *copy = NULL;
  yicha_part *part = NULL, *other = NULL;
  yicha_drawn *drawn = NULL;
  yicha_drawn_file *drawn_file = NULL;
  yicha_list *list = NULL;
  yicha_slip *slip = NULL;
  yicha_void *void_ = NULL;
  yicha_inclusion *inclusion = NULL;
  yicha_absence *absence = NULL, *given = NULL;
  yicha_problem *problem = NULL;
  yicha_secret key, nonce;
  yicha_salt salt;
  yicha_digest digest, commitment;
  yicha_rule rule;
  yicha_reveal reveal;
  yicha_stratum stratum;
  yicha_text *text = NULL;
  yicha_strings ids;
  yicha_drawn_columns drawn_columns;
  yicha_str id;
  uint8_t salts[48];
  uint64_t place;
  int32_t yes;
  memset(&key, 7, sizeof key);
  memset(&nonce, 8, sizeof nonce);
  memset(&salt, 9, sizeof salt);

  NULLED(yicha_roster *, yicha_roster_new(NULL, &out, &error));
  c.struct_size = 8;
  ANSWERED(YICHA_STRUCT_SIZE, yicha_roster *, yicha_roster_new(&c, &out, &error));
  c = columns();
  c.stratum_count = 0;
  CHECK(yicha_roster_new(&c, &roster, &error) == YICHA_REFUSED && yicha_error_parts(error) == 3 && yicha_error_place(error) == 1);
  yicha_error_free(&error);
  c = columns();
  c.strata = NULL;
  NULLED(yicha_roster *, yicha_roster_new(&c, &out, &error));
  c = columns();
  standings[0] = YICHA_STR("perhaps");
  ANSWERED(YICHA_REFUSED, yicha_roster *, yicha_roster_new(&c, &out, &error));
  c = columns();
  c.ids.rows = 0;
  ANSWERED(YICHA_REFUSED, yicha_roster *, yicha_roster_new(&c, &out, &error)); /* empty */
  c = columns();
  OK(yicha_roster_new(&c, &roster, &error));
  ANSWERED(YICHA_REFUSED, yicha_roster *, yicha_roster_parse(NONE, &out, &error));
  NULLED(yicha_text *, yicha_roster_to_text(NULL, &out, &error));
  CHECK(yicha_roster_rows(NULL) == 0);
  NULLED(yicha_stratum, yicha_roster_stratum(NULL, 0, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_stratum, yicha_roster_stratum(roster, 1, &out, &error));
  NULLED(yicha_committed *, yicha_roster_commit(NULL, YICHA_SM3, &key, 1, &out, &error));
  NULLED(yicha_committed *, yicha_roster_commit(&roster, YICHA_SM3, NULL, 1, &out, &error));
  RANGED(yicha_committed *, yicha_roster_commit(&roster, 0, &key, 1, &out, &error));
  NULLED(nothing, yicha_roster_commit(&roster, YICHA_SM3, &key, 1, NULL, &error));
  CHECK(roster != NULL); /* a refused step takes nothing */
  OK(yicha_roster_commit(&roster, YICHA_SM3, &key, 1, &committed, &error));
  CHECK(roster == NULL);
  NULLED(yicha_committed *, yicha_roster_commit(&roster, YICHA_SM3, &key, 1, &out, &error)); /* taken already */
  FREED(yicha_roster, roster);
  NULLED(yicha_digest, yicha_committed_root(NULL, &out, &error));
  CHECK(yicha_committed_rows(NULL) == 0 && yicha_committed_suite(NULL) == 0 && yicha_committed_suite(committed) == YICHA_SM3);
  ANSWERED(YICHA_NOT_FOUND, yicha_stratum, yicha_committed_stratum(committed, SIZE_MAX, &out, &error));
  OK(yicha_committed_stratum(committed, 0, &stratum, &error));
  CHECK(stratum.eligible == 3 && stratum.excluded == 0);
  ANSWERED(YICHA_NOT_FOUND, uint64_t, yicha_committed_find(committed, YICHA_STR("t0"), &out, &error));
  ANSWERED(YICHA_NOT_UTF8, uint64_t, yicha_committed_find(committed, YICHA_STR("\xff"), &out, &error));
  OK(yicha_committed_find(committed, YICHA_STR("t2"), &place, &error));
  CHECK(place == 1);
  NULLED(yicha_text *, yicha_committed_to_text(NULL, &out, &error));

  NULLED(yicha_root *, yicha_root_new(YICHA_SM3, NULL, &out, &error));
  OK(yicha_root_new(YICHA_SM3, &key, &root, &error));
  ANSWERED(YICHA_REFUSED, yicha_digest, yicha_root_digest(root, &out, &error));
  NULLED(nothing, yicha_root_extend(NULL, &c, 1, salts, &error));
  NULLED(nothing, yicha_root_extend(root, NULL, 1, salts, &error));
  OK(yicha_root_extend(root, &c, 1, salts, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_root_extend(root, &c, 1, NULL, &error)); /* not behind those before */
  CHECK(yicha_root_rows(root) == 3 && yicha_root_rows(NULL) == 0);
  OK(yicha_root_stratum(root, 0, &stratum, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_stratum, yicha_root_stratum(root, 1, &out, &error));
  OK(yicha_root_digest(root, &digest, &error));
  FREED(yicha_root, root);

  NULLED(yicha_digest, yicha_roster_leaf(YICHA_SM3, YICHA_STR("t2"), NULL, YICHA_STR("A"), YICHA_STR("eligible"), &out, &error));
  memcpy(salt.bytes, salts + 16, 16);
  OK(yicha_roster_leaf(YICHA_SM3, YICHA_STR("t2"), &salt, YICHA_STR("A"), YICHA_STR("eligible"), &commitment, &error));
  ANSWERED(YICHA_REFUSED, yicha_inclusion *, yicha_committed_inclusion(committed, 3, &out, &error));
  OK(yicha_committed_inclusion(committed, 1, &inclusion, &error));
  OK(yicha_inclusion_check(inclusion, YICHA_SM3, &commitment, &digest, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_inclusion_check(inclusion, YICHA_SM3, &digest, &digest, &error));
  NULLED(nothing, yicha_inclusion_check(NULL, YICHA_SM3, &commitment, &digest, &error));
  CHECK(yicha_inclusion_index(inclusion) == 1 && yicha_inclusion_rows(inclusion) == 3 && yicha_inclusion_path_len(inclusion) == 2);
  CHECK(yicha_inclusion_path(inclusion) && !yicha_inclusion_path(NULL) && !yicha_inclusion_path_len(NULL));
  CHECK(!yicha_inclusion_index(NULL) && !yicha_inclusion_rows(NULL));
  NULLED(yicha_inclusion *, yicha_inclusion_new(0, 1, NULL, 1, &out, &error));
  FREED(yicha_inclusion, inclusion);
  ANSWERED(YICHA_NOT_FOUND, yicha_absence *, yicha_committed_absence(committed, YICHA_STR("t2"), &out, &error));
  OK(yicha_committed_absence(committed, YICHA_STR("t0"), &absence, &error));
  OK(yicha_absence_check(absence, YICHA_SM3, YICHA_STR("t0"), &digest, 3, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_absence_check(absence, YICHA_SM3, YICHA_STR("t4"), &digest, 3, &error));
  NULLED(nothing, yicha_absence_check(NULL, YICHA_SM3, YICHA_STR("t0"), &digest, 3, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_str, yicha_absence_neighbour(absence, 0, &out, NULL, NULL, &error));
  RANGED(yicha_str, yicha_absence_neighbour(absence, 2, &out, NULL, NULL, &error));
  OK(yicha_absence_neighbour(absence, 1, &id, &commitment, &inclusion, &error));
  NULLED(yicha_absence *, yicha_absence_new(NO, NULL, NULL, id, NULL, inclusion, &out, &error));
  OK(yicha_absence_new(NO, NULL, NULL, id, &commitment, inclusion, &given, &error));
  OK(yicha_absence_check(given, YICHA_SM3, YICHA_STR("t0"), &digest, 3, &error));
  yicha_absence_free(&given);
  yicha_inclusion_free(&inclusion);
  FREED(yicha_absence, absence);

  RANGED(yicha_terms *, yicha_terms_new(0, YICHA_STR("s"), 1, NULL, 0, 1, &out, &error));
  RANGED(yicha_terms *, yicha_terms_new(YICHA_SM3, YICHA_STR("s"), 1, NULL, INT64_MAX, 1, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_terms *, yicha_terms_new(YICHA_SM3, YICHA_STR("a b"), 1, NULL, 0, 1, &out, &error));
  OK(yicha_terms_new(YICHA_SM3, YICHA_STR("s"), 1, NULL, 0, 1, &terms, &error));
  NULLED(yicha_digest, yicha_nonce_commit(YICHA_SM3, YICHA_STR("s"), YICHA_STR("targets"), 1, YICHA_STR("d"), NULL, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_digest, yicha_nonce_commit(YICHA_SM3, YICHA_STR("s"), YICHA_STR("target"), 1, YICHA_STR("d"), &nonce, &out, &error));
  OK(yicha_nonce_commit(YICHA_SM3, YICHA_STR("s"), YICHA_STR("targets"), 1, YICHA_STR("d"), &nonce, &commitment, &error));
  NULLED(nothing, yicha_terms_contribution(NULL, YICHA_STR("d"), &commitment, &error));
  NULLED(nothing, yicha_terms_contribution(terms, YICHA_STR("d"), NULL, &error));
  NULLED(nothing, yicha_terms_randomness(NULL, YICHA_STR("x"), YICHA_STR("y"), 1, 9, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_terms_randomness(terms, NO, YICHA_STR("y"), 1, 9, &error));
  memset(&rule, 0, sizeof rule);
  rule.stratum = YICHA_STR("A");
  rule.eligible = 3;
  rule.rate = 5000;
  ANSWERED(YICHA_REFUSED, yicha_announcement *, yicha_announcement_targets(terms, &digest, 3, &rule, 1, &out, &error)); /* no randomness */
  OK(yicha_terms_contribution(terms, YICHA_STR("d"), &commitment, &error));
  NULLED(yicha_announcement *, yicha_announcement_targets(terms, &digest, 3, NULL, 1, &out, &error));
  NULLED(yicha_announcement *, yicha_announcement_targets(NULL, &digest, 3, &rule, 1, &out, &error));
  rule.rate = 10001;
  RANGED(yicha_announcement *, yicha_announcement_targets(terms, &digest, 3, &rule, 1, &out, &error));
  rule.rate = 5000;
  OK(yicha_announcement_targets(terms, &digest, 3, &rule, 1, &announcement, &error));
  NULLED(yicha_announcement *, yicha_announcement_inspectors(terms, YICHA_STR("d"), &digest, NULL, &out, &error));
  OK(yicha_announcement_inspectors(terms, YICHA_STR("d"), &digest, &digest, &inspectors, &error));
  FREED(yicha_terms, terms);
  CHECK(yicha_announcement_parse(bytes("yicha-announcement/1\nsuite\tmd5\n"), &inspectors_read, &error) == YICHA_REFUSED);
  CHECK(yicha_error_place(error) == 2);
  yicha_error_free(&error);
  NULLED(yicha_text *, yicha_announcement_to_text(NULL, &out, &error));
  NULLED(yicha_digest, yicha_announcement_digest(NULL, &out, &error));
  CHECK(yicha_announcement_suite(NULL) == 0 && yicha_announcement_suite(announcement) == YICHA_SM3);
  NULLED(int32_t, yicha_announcement_assurance(NULL, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, uint64_t, yicha_announcement_quota(announcement, YICHA_STR("B"), &out, &error));
  ANSWERED(YICHA_NOT_FOUND, uint64_t, yicha_announcement_quota(inspectors, YICHA_STR("A"), &out, &error));

  reveal.department = YICHA_STR("d");
  reveal.nonce = key;
  ANSWERED(YICHA_REFUSED, yicha_sealed *, yicha_sealed_new(announcement, &reveal, 1, NULL, 0, &out, &error)); /* wrong nonce */
  ANSWERED(YICHA_REFUSED, yicha_sealed *, yicha_sealed_new(announcement, NULL, 0, NULL, 0, &out, &error)); /* none */
  NULLED(yicha_sealed *, yicha_sealed_new(announcement, NULL, 1, NULL, 0, &out, &error));
  NULLED(yicha_sealed *, yicha_sealed_new(NULL, NULL, 0, NULL, 0, &out, &error));
  reveal.nonce = nonce;
  OK(yicha_sealed_new(announcement, &reveal, 1, NULL, 0, &sealed, &error));
  OK(yicha_nonce_commit(YICHA_SM3, YICHA_STR("s"), YICHA_STR("inspectors:d"), 1, YICHA_STR("d"), &nonce, &commitment, &error));
  OK(yicha_terms_new(YICHA_SM3, YICHA_STR("s"), 1, NULL, 0, 1, &terms, &error));
  OK(yicha_terms_contribution(terms, YICHA_STR("d"), &commitment, &error));
  yicha_announcement_free(&inspectors);
  OK(yicha_announcement_inspectors(terms, YICHA_STR("d"), &digest, &digest, &inspectors, &error));
  yicha_terms_free(&terms);
  OK(yicha_sealed_new(inspectors, &reveal, 1, NULL, 0, &other_stage, &error));
  NULLED(yicha_digest, yicha_sealed_seed(NULL, &out, &error));
  NULLED(yicha_text *, yicha_sealed_seed_text(NULL, &out, &error));
  OK(yicha_sealed_seed_text(sealed, &text, &error));
  ANSWERED(YICHA_REFUSED, yicha_sealed *, yicha_sealed_parse(inspectors, bytes(yicha_text_data(text)), &out, &error));
  OK(yicha_sealed_parse(announcement, bytes(yicha_text_data(text)), &copy, &error));

  /* the other stage: refused, and nothing taken */
  ANSWERED(YICHA_REFUSED, yicha_drawn *, yicha_sealed_draw(&other_stage, committed, 1, &out, &error));
  CHECK(other_stage != NULL);
  ANSWERED(YICHA_REFUSED, yicha_part *, yicha_part_new(other_stage, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_part *, yicha_part_new_exact(other_stage, &out, &error));
  NULLED(yicha_drawn *, yicha_sealed_draw(&sealed, NULL, 1, &out, &error));
  NULLED(yicha_drawn *, yicha_sealed_draw(NULL, committed, 1, &out, &error));
  OK(yicha_part_new(sealed, &part, &error));
  NULLED(nothing, yicha_part_feed(part, &c, NONE, NULL, 1, &error)); /* neither salts nor key */
  RANGED(nothing, yicha_part_feed(part, &c, (yicha_bytes){salts, 47}, NULL, 1, &error));
  RANGED(nothing, yicha_part_feed(part, &c, (yicha_bytes){salts, 48}, &key, 1, &error)); /* both */
  ANSWERED(YICHA_REFUSED, nothing, yicha_part_feed(part, &c, (yicha_bytes){salts, 32}, NULL, 1, &error));
  NULLED(nothing, yicha_part_feed(NULL, &c, NONE, &key, 1, &error));
  ANSWERED(YICHA_REFUSED, yicha_drawn *, yicha_sealed_draw_part(&sealed, part, &key, &out, &error)); /* nothing fed */
  CHECK(sealed != NULL);
  NULLED(yicha_drawn *, yicha_sealed_draw_part(&sealed, NULL, &key, &out, &error));
  OK(yicha_part_feed(part, &c, (yicha_bytes){salts, 48}, NULL, 1, &error));
  OK(yicha_part_new_exact(copy, &other, &error));
  NULLED(nothing, yicha_part_merge(part, NULL, &error));
  NULLED(nothing, yicha_part_merge(NULL, &other, &error));
  OK(yicha_part_merge(part, &other, &error));
  NULLED(nothing, yicha_part_merge(part, &other, &error)); /* taken already */
  NULLED(yicha_text *, yicha_part_to_text(NULL, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_part *, yicha_part_parse(sealed, NONE, &out, &error));
  OK(yicha_sealed_draw_part(&copy, part, &key, &drawn, &error));
  CHECK(copy == NULL && yicha_drawn_count(drawn) == 2 && yicha_drawn_count(NULL) == 0);
  FREED(yicha_part, part);
  NULLED(yicha_drawn_file *, yicha_drawn_get_file(NULL, &out, &error));
  OK(yicha_drawn_get_file(drawn, &drawn_file, &error));
  NULLED(yicha_list *, yicha_drawn_get_list(NULL, &out, &error));
  OK(yicha_drawn_get_list(drawn, &list, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_slip *, yicha_drawn_get_slip(drawn, committed, YICHA_STR("t9"), &out, &error));
  NULLED(yicha_slip *, yicha_drawn_get_slip(drawn, NULL, YICHA_STR("t1"), &out, &error));
  OK(yicha_drawn_get_slip(drawn, committed, YICHA_STR("t1"), &slip, &error));
  ANSWERED(YICHA_REFUSED, yicha_drawn_file *, yicha_drawn_file_parse(NONE, &out, &error));
  NULLED(yicha_text *, yicha_drawn_file_to_text(NULL, &out, &error));
  RANGED(yicha_digest, yicha_drawn_file_digest(drawn_file, 0, &out, &error));
  NULLED(yicha_drawn_columns, yicha_drawn_file_get_columns(NULL, &out, &error));
  OK(yicha_drawn_file_get_columns(drawn_file, &drawn_columns, &error));
  CHECK(drawn_columns.ids.rows == 2 && drawn_columns.strata.rows == 2 && drawn_columns.tickets);
  ANSWERED(YICHA_REFUSED, yicha_list *, yicha_list_parse(NONE, &out, &error));
  NULLED(yicha_text *, yicha_list_to_text(NULL, &out, &error));
  RANGED(yicha_digest, yicha_list_digest(list, 0, &out, &error));
  NULLED(yicha_strings, yicha_list_ids(NULL, &out, &error));
  OK(yicha_list_ids(list, &ids, &error));
  CHECK(ids.rows == 2 && ids.data_len == 4);
  ANSWERED(YICHA_REFUSED, int32_t, yicha_list_contains(list, NO, &out, &error));
  OK(yicha_list_contains(list, YICHA_STR("t9"), &yes, &error));
  CHECK(yes == 0);
  ANSWERED(YICHA_REFUSED, yicha_slip *, yicha_slip_parse(NONE, &out, &error));
  NULLED(yicha_text *, yicha_slip_to_text(NULL, &out, &error));
  NULLED(yicha_str, yicha_slip_target(NULL, &out, &error));
  NULLED(yicha_slip_facts, yicha_slip_check(slip, announcement, bytes(yicha_text_data(text)), NULL, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_slip_facts, yicha_slip_check(slip, announcement, NONE, list, &out, &error));
  yicha_text_free(&text);
  FREED(yicha_slip, slip);
  FREED(yicha_list, list);
  FREED(yicha_drawn_file, drawn_file);
  FREED(yicha_drawn, drawn);

  RANGED(yicha_void *, yicha_void_new(&digest, 3, YICHA_STR("why"), YICHA_STR("p"), 0, &out, &error));
  NULLED(yicha_void *, yicha_void_new(NULL, YICHA_AFTER_SEALED, YICHA_STR("why"), YICHA_STR("p"), 0, &out, &error));
  OK(yicha_void_new(&digest, YICHA_AFTER_SEALED, YICHA_STR("why"), YICHA_STR("p"), 0, &void_, &error));
  ANSWERED(YICHA_REFUSED, yicha_void *, yicha_void_parse(NONE, &out, &error));
  NULLED(yicha_text *, yicha_void_to_text(NULL, &out, &error));
  RANGED(yicha_digest, yicha_void_digest(void_, 0, &out, &error));
  NULLED(nothing, yicha_announcement_follows(NULL, NULL, NULL, &error));
  NULLED(nothing, yicha_announcement_follows(announcement, announcement, NULL, &error));
  OK(yicha_announcement_follows(announcement, NULL, NULL, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_announcement_follows(announcement, announcement, void_, &error)); /* other notice */
  yicha_void_free(NULL);
  yicha_void_free(&void_);
  yicha_void_free(&void_);
  CHECK(void_ == NULL);

  NULLED(yicha_matched *, yicha_sealed_match(&other_stage, NULL, &out, &error));
  OK(yicha_problem_parse(bytes("yicha-matching/1\ndepartment\td\nsalt\t00000000000000000000000000000000\n"), &problem, &error));
  ANSWERED(YICHA_REFUSED, yicha_matched *, yicha_sealed_match(&other_stage, problem, &out, &error)); /* another problem */
  ANSWERED(YICHA_REFUSED, yicha_matched *, yicha_sealed_match(&sealed, problem, &out, &error)); /* another stage */
  CHECK(other_stage != NULL && sealed != NULL);
  yicha_problem_free(&problem);
  FREED(yicha_sealed, sealed);
  yicha_sealed_free(&other_stage);
  yicha_announcement_free(&inspectors);
  FREED(yicha_announcement, announcement);
  FREED(yicha_committed, committed);
  yicha_committed_free(&no_committed);
}

static void problems(void) {
  yicha_problem_builder *problem_builder = NULL;
  yicha_problem *problem = NULL;
  yicha_matched *matched = NULL;
  yicha_shortage *shortage = NULL;
  yicha_salt salt;
  yicha_digest digest;
  yicha_str food;
  yicha_matched_columns places;
  memset(&salt, 1, sizeof salt);
  food = YICHA_STR("food");
  NULLED(yicha_problem_builder *, yicha_problem_builder_new(YICHA_STR("d"), NULL, &out, &error));
  OK(yicha_problem_builder_new(YICHA_STR("d"), &salt, &problem_builder, &error));
  NULLED(nothing, yicha_problem_builder_target(NULL, YICHA_STR("t"), &error));
  ANSWERED(YICHA_NOT_FOUND, nothing, yicha_problem_builder_slot(problem_builder, NULL, 0, &error));
  NULLED(nothing, yicha_problem_builder_slot(problem_builder, NULL, 1, &error));
  OK(yicha_problem_builder_target(problem_builder, YICHA_STR("t"), &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_problem_builder_inspector(problem_builder, NO, 1, NULL, 0, &error));
  NULLED(nothing, yicha_problem_builder_recusal(NULL, YICHA_STR("i"), YICHA_STR("t"), &error));
  CHECK(yicha_problem_builder_finish(&problem_builder, &problem, &error) == YICHA_REFUSED && problem_builder == NULL);
  CHECK(strcmp(yicha_error_code(error), "matching-no-place") == 0 && yicha_error_parts(error) == 1);
  yicha_error_free(&error);
  NULLED(yicha_problem *, yicha_problem_builder_finish(&problem_builder, &out, &error));
  FREED(yicha_problem_builder, problem_builder);

  OK(yicha_problem_builder_new(YICHA_STR("d"), &salt, &problem_builder, &error));
  OK(yicha_problem_builder_target(problem_builder, YICHA_STR("t"), &error));
  OK(yicha_problem_builder_slot(problem_builder, &food, 1, &error));
  OK(yicha_problem_builder_inspector(problem_builder, YICHA_STR("i"), 1, &food, 1, &error));
  OK(yicha_problem_builder_recusal(problem_builder, YICHA_STR("i"), YICHA_STR("t"), &error));
  OK(yicha_problem_builder_finish(&problem_builder, &problem, &error));
  ANSWERED(YICHA_REFUSED, yicha_problem *, yicha_problem_parse(NONE, &out, &error));
  NULLED(yicha_text *, yicha_problem_to_text(NULL, &out, &error));
  RANGED(yicha_digest, yicha_problem_digest(problem, 0, &out, &error));
  NULLED(yicha_shortage *, yicha_problem_shortage(NULL, &out, &error));
  NULLED(yicha_shortage *, yicha_problem_whole_shortage(NULL, &out, &error));
  OK(yicha_problem_whole_shortage(problem, &shortage, &error)); /* the only inspector is recused */
  OK(yicha_shortage_check(shortage, problem, &error));
  NULLED(nothing, yicha_shortage_check(shortage, NULL, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_digest, yicha_shortage_problem(shortage, &out, &error));
  RANGED(yicha_text *, yicha_shortage_to_text(shortage, 0, problem, &out, &error));
  RANGED(yicha_text *, yicha_shortage_in_words(shortage, problem, 5, &out, &error));
  yicha_shortage_free(&shortage);
  ANSWERED(YICHA_REFUSED, yicha_shortage *, yicha_shortage_parse(NONE, &out, &error));
  OK(yicha_shortage_parse(bytes("yicha-shortage/1\nproblem\t0000000000000000000000000000000000000000000000000000000000000001\nplace\tx\t0\n"), &shortage, &error));
  OK(yicha_shortage_problem(shortage, &digest, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_shortage_check(shortage, problem, &error)); /* of another problem */
  FREED(yicha_shortage, shortage);
  ANSWERED(YICHA_REFUSED, yicha_matched *, yicha_matched_parse(NONE, &out, &error));
  OK(yicha_matched_parse(bytes("yicha-matched/1\nannouncement\t0000000000000000000000000000000000000000000000000000000000000001\n"
                               "seed\t0000000000000000000000000000000000000000000000000000000000000001\nmatch\tt\t0\ti\n"), &matched, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_problem_check(problem, matched, &error)); /* recused */
  NULLED(nothing, yicha_problem_check(problem, NULL, &error));
  NULLED(yicha_text *, yicha_matched_to_text(NULL, &out, &error));
  NULLED(yicha_match_steps, yicha_matched_get_steps(NULL, &out, &error));
  NULLED(yicha_matched_columns, yicha_matched_get_columns(NULL, &out, &error));
  OK(yicha_matched_get_columns(matched, &places, &error));
  CHECK(places.targets.rows == 1 && places.inspectors.rows == 1 && places.slots[0] == 0);
  FREED(yicha_matched, matched);
  FREED(yicha_problem, problem);
}

static void folders(void) {
  yicha_folder *folder = NULL;
  yicha_statement *statement = NULL;
  int32_t known;
  NULLED(nothing, yicha_folder_new(NULL, &error));
  OK(yicha_folder_new(&folder, &error));
  NULLED(int32_t, yicha_folder_add(NULL, YICHA_STR("list.txt"), NONE, &out, &error));
  NULLED(int32_t, yicha_folder_add(folder, YICHA_STR("list.txt"), (yicha_bytes){NULL, 1}, &out, &error));
  ANSWERED(YICHA_NOT_UTF8, int32_t, yicha_folder_add(folder, YICHA_STR("\xff"), NONE, &out, &error));
  OK(yicha_folder_add(folder, YICHA_STR("report.html"), NONE, &known, &error));
  CHECK(known == 0);
  ANSWERED(YICHA_REFUSED, yicha_statement *, yicha_folder_verify(folder, NO, &out, &error)); /* nothing there */
  OK(yicha_folder_add(folder, YICHA_STR("list.txt"), bytes("a\n"), &known, &error));
  CHECK(known == 1);
  ANSWERED(YICHA_NOT_UTF8, yicha_statement *, yicha_folder_verify(folder, YICHA_STR("\xff"), &out, &error));
  NULLED(yicha_statement *, yicha_folder_verify(NULL, NO, &out, &error));
  NULLED(yicha_text *, yicha_statement_to_text(NULL, YICHA_ZH, &out, &error));
  FREED(yicha_statement, statement);
  FREED(yicha_folder, folder);
}

#define NO_DIGEST "\"0000000000000000000000000000000000000000000000000000000000000000\""
#define RECORDED(id, instant) "\"id\":\"" id "\",\"purpose\":\"coordination\",\"recorded\":\"" instant "\",\"v\":1}"

/* A conference, recorded under an id; and the end of its resolution. */
static const char HOLD[] =
    "{\"actor\":{\"department\":null,\"id\":\"o-1\",\"role\":\"joint-office\"},\"command\":{\"conference\":{\"hold\":{"
    "\"conference\":\"K1\",\"held\":{\"agenda\":[" NO_DIGEST "],\"attended\":[\"market\"],\"occasion\":\"ad-hoc\","
    "\"resolutions\":[{\"due\":\"2026-04-30\",\"id\":\"1\",\"owner\":\"market\",\"text\":" NO_DIGEST "}]}}}},"
    "\"effective\":\"2026-03-25\"," RECORDED("c-1", "2026-03-25T01:00:00Z");
static const char FINISH[] =
    "{\"actor\":{\"department\":\"market\",\"id\":\"p-1\",\"role\":\"officer\"},\"command\":{\"conference\":{"
    "\"finish-resolution\":{\"conference\":\"K1\",\"done\":{\"report\":" NO_DIGEST ",\"resolution\":\"1\"}}}},"
    "\"effective\":\"2026-04-02\"," RECORDED("c-2", "2026-04-02T01:00:00Z");

static void editions(void) {
  yicha_edition *edition = NULL, *other = NULL;
  yicha_text *text = NULL;
  NULLED(nothing, yicha_edition_wancheng_2026(NULL, &error));
  OK(yicha_edition_wancheng_2026(&edition, &error));
  NULLED(yicha_text *, yicha_edition_to_text(NULL, &out, &error));
  OK(yicha_edition_to_text(edition, &text, &error));
  OK(yicha_edition_parse(yicha_str_of(yicha_text_data(text), yicha_text_len(text)), &other, &error));
  yicha_edition_free(&other);
  CHECK(yicha_edition_parse(YICHA_STR("{\"v\":2}"), &other, &error) == YICHA_REFUSED && yicha_error_parts(error) > 2);
  yicha_error_free(&error);
  ANSWERED(YICHA_NOT_UTF8, yicha_edition *, yicha_edition_parse(YICHA_STR("\xff"), &out, &error));
  NULLED(yicha_edition *, yicha_edition_parse((yicha_str){NULL, 1}, &out, &error));
  yicha_text_free(&text);
  FREED(yicha_edition, edition);
}

static void tips(void) {
  yicha_tip *tip = NULL, *other = NULL;
  yicha_text *text = NULL;
  yicha_head head, read;
  RANGED(yicha_tip *, yicha_tip_new(0, &out, &error));
  OK(yicha_tip_new(YICHA_SM3, &tip, &error));
  CHECK(yicha_tip_suite(tip) == YICHA_SM3 && yicha_tip_suite(NULL) == 0);
  ANSWERED(YICHA_NOT_FOUND, int64_t, yicha_tip_recorded(tip, &out, &error)); /* no entry yet */
  NULLED(int64_t, yicha_tip_recorded(NULL, &out, &error));
  NULLED(yicha_head, yicha_tip_head(NULL, &out, &error));
  OK(yicha_tip_head(tip, &head, &error));
  CHECK(head.size == 0);
  NULLED(yicha_text *, yicha_head_to_text(NULL, &out, &error));
  OK(yicha_head_to_text(&head, &text, &error));
  OK(yicha_head_parse(yicha_str_of(yicha_text_data(text), yicha_text_len(text)), &read, &error));
  CHECK(read.size == head.size && memcmp(read.root.bytes, head.root.bytes, 32) == 0);
  yicha_text_free(&text);
  ANSWERED(YICHA_REFUSED, yicha_head, yicha_head_parse(YICHA_STR("{\"size\":1}"), &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_head, yicha_head_parse(YICHA_STR("\xff"), &out, &error));
  NULLED(yicha_head, yicha_head_parse((yicha_str){NULL, 1}, &out, &error));
  NULLED(yicha_text *, yicha_tip_to_text(NULL, &out, &error));
  OK(yicha_tip_to_text(tip, &text, &error));
  OK(yicha_tip_parse(yicha_str_of(yicha_text_data(text), yicha_text_len(text)), &other, &error));
  yicha_tip_free(&other);
  yicha_text_free(&text);
  /* fewer nodes than its size has bits */
  ANSWERED(YICHA_REFUSED, yicha_tip *,
           yicha_tip_parse(YICHA_STR("{\"nodes\":[],\"recorded\":null,\"size\":1,\"suite\":\"sm3\",\"v\":1}"), &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_tip *, yicha_tip_parse(NO, &out, &error));
  FREED(yicha_tip, tip);
}

static void offices(void) {
  yicha_edition *edition = NULL;
  yicha_calendar *calendar = NULL;
  yicha_office *office = NULL, *other = NULL;
  yicha_decision *decision = NULL, *late = NULL;
  yicha_tip *tip = NULL;
  yicha_text *text = NULL, *snapshot = NULL;
  yicha_head empty, head, again;
  yicha_bytes entry;
  static const char rows[] = "{}";
  OK(yicha_edition_wancheng_2026(&edition, &error));
  OK(yicha_calendar_china(&calendar, &error));
  RANGED(yicha_office *, yicha_office_new(0, edition, calendar, &out, &error));
  NULLED(yicha_office *, yicha_office_new(YICHA_SM3, NULL, calendar, &out, &error));
  NULLED(yicha_office *, yicha_office_new(YICHA_SM3, edition, NULL, &out, &error));
  OK(yicha_office_new(YICHA_SM3, edition, calendar, &office, &error));
  NULLED(yicha_head, yicha_office_head(NULL, &out, &error));
  OK(yicha_office_head(office, &empty, &error));

  NULLED(yicha_decision *, yicha_office_decide(NULL, bytes(HOLD), &out, &error));
  NULLED(yicha_decision *, yicha_office_decide(office, (yicha_bytes){NULL, 1}, &out, &error));
  NULLED(nothing, yicha_office_decide(office, bytes(HOLD), NULL, &error));
  ANSWERED(YICHA_REFUSED, yicha_decision *, yicha_office_decide(office, NONE, &out, &error)); /* no request */
  ANSWERED(YICHA_REFUSED, yicha_decision *, yicha_office_decide(office, bytes("{\"v\":1,\"v\":1}"), &out, &error));
  CHECK(yicha_office_decide(office, bytes(FINISH), &decision, &error) == YICHA_REFUSED);
  CHECK(strcmp(yicha_error_code(error), "case-unknown") == 0 && yicha_error_article(error) == 4);
  CHECK(strcmp(yicha_error_values(error), "{\"case\":\"conference K1\"}") == 0);
  CHECK(strcmp(yicha_error_values(NULL), "{}") == 0);
  yicha_error_free(&error);
  OK(yicha_office_decide(office, bytes(HOLD), &decision, &error));
  OK(yicha_office_decide(office, bytes(HOLD), &late, &error)); /* nothing is changed before it is committed */
  CHECK(yicha_decision_count(decision) == 1 && yicha_decision_count(NULL) == 0);
  CHECK(yicha_decision_repeated(decision) == 0 && yicha_decision_repeated(NULL) == 0);
  NULLED(yicha_bytes, yicha_decision_entry(NULL, 0, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_bytes, yicha_decision_entry(decision, 1, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_bytes, yicha_decision_entry(decision, SIZE_MAX, &out, &error));
  NULLED(yicha_head, yicha_decision_builds_on(NULL, &out, &error));
  OK(yicha_decision_builds_on(decision, &again, &error));
  CHECK(again.size == 0 && memcmp(again.root.bytes, empty.root.bytes, 32) == 0);
  NULLED(yicha_head, yicha_decision_next(NULL, &out, &error));
  OK(yicha_decision_next(decision, &head, &error));
  NULLED(yicha_tip *, yicha_decision_next_tip(NULL, &out, &error));
  OK(yicha_decision_next_tip(decision, &tip, &error));
  yicha_tip_free(&tip);
  NULLED(yicha_text *, yicha_decision_receipt(NULL, &out, &error));
  NULLED(yicha_text *, yicha_decision_to_text(NULL, &out, &error));
  OK(yicha_decision_to_text(decision, &text, &error));
  CHECK(strncmp(yicha_text_data(text), "{\"decided\":{", 12) == 0);
  yicha_text_free(&text);

  /* What the store has, taken over by another office: all, or nothing. */
  OK(yicha_office_new(YICHA_SM3, edition, calendar, &other, &error));
  OK(yicha_decision_entry(decision, 0, &entry, &error));
  NULLED(nothing, yicha_office_catch_up(NULL, &entry, 1, &head, &error));
  NULLED(nothing, yicha_office_catch_up(other, NULL, 1, &head, &error));
  NULLED(nothing, yicha_office_catch_up(other, &entry, 1, NULL, &error));
  RANGED(nothing, yicha_office_catch_up(other, &entry, SIZE_MAX, &head, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_office_catch_up(other, &entry, 1, &empty, &error)); /* another head */
  CHECK(yicha_office_catch_up(other, (yicha_bytes[]){entry, entry}, 2, &head, &error) == YICHA_REFUSED);
  CHECK(strcmp(yicha_error_code(error), "entry-sequence") == 0 && yicha_error_place(error) == 2);
  yicha_error_free(&error);
  OK(yicha_office_head(other, &again, &error));
  CHECK(again.size == 0);
  OK(yicha_office_catch_up(other, &entry, 1, &head, &error));
  yicha_office_free(&other);
  RANGED(yicha_office *, yicha_office_replay(9, edition, calendar, &entry, 1, &head, &out, &error));
  NULLED(yicha_office *, yicha_office_replay(YICHA_SM3, edition, calendar, &entry, 1, NULL, &out, &error));
  NULLED(yicha_office *, yicha_office_replay(YICHA_SM3, NULL, calendar, &entry, 1, &head, &out, &error));
  NULLED(yicha_office *, yicha_office_replay(YICHA_SM3, edition, NULL, &entry, 1, &head, &out, &error));
  NULLED(yicha_office *, yicha_office_replay(YICHA_SM3, edition, calendar, NULL, 1, &head, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_office *, yicha_office_replay(YICHA_SHA256, edition, calendar, &entry, 1, &head, &out, &error));
  OK(yicha_office_replay(YICHA_SM3, edition, calendar, &entry, 1, &head, &other, &error));

  NULLED(nothing, yicha_office_commit(NULL, &decision, &error));
  CHECK(decision != NULL);
  NULLED(nothing, yicha_office_commit(office, NULL, &error));
  OK(yicha_office_commit(office, &decision, &error));
  CHECK(decision == NULL);
  NULLED(nothing, yicha_office_commit(office, &decision, &error)); /* taken already */
  ANSWERED(YICHA_REFUSED, nothing, yicha_office_commit(office, &late, &error)); /* the head has moved */
  CHECK(late == NULL);
  OK(yicha_office_head(office, &again, &error));
  CHECK(again.size == 1 && memcmp(again.root.bytes, head.root.bytes, 32) == 0);

  /* Sent again: the receipt, and nothing to be stored. */
  OK(yicha_office_decide(office, bytes(HOLD), &decision, &error));
  CHECK(yicha_decision_repeated(decision) == 1 && yicha_decision_count(decision) == 0);
  ANSWERED(YICHA_NOT_FOUND, yicha_bytes, yicha_decision_entry(decision, 0, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_head, yicha_decision_builds_on(decision, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_head, yicha_decision_next(decision, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_tip *, yicha_decision_next_tip(decision, &out, &error));
  OK(yicha_decision_receipt(decision, &text, &error));
  CHECK(strcmp(yicha_text_data(text), "{\"command\":\"c-1\",\"count\":1,\"first\":0,\"v\":1}") == 0);
  yicha_text_free(&text);
  OK(yicha_office_commit(office, &decision, &error));
  OK(yicha_office_head(office, &again, &error));
  CHECK(decision == NULL && again.size == 1);
  FREED(yicha_decision, decision);

  NULLED(nothing, yicha_office_feed_file(NULL, NO, &error));
  ANSWERED(YICHA_NOT_UTF8, nothing, yicha_office_feed_file(office, YICHA_STR("\xff"), &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_office_feed_file(office, YICHA_STR("yicha-list/9\n"), &error));
  NULLED(nothing, yicha_office_feed_rows(NULL, YICHA_STR("items"), YICHA_STR("market"), NONE, &error));
  RANGED(nothing, yicha_office_feed_rows(office, YICHA_STR("item"), YICHA_STR("market"), NONE, &error));
  ANSWERED(YICHA_NOT_UTF8, nothing, yicha_office_feed_rows(office, YICHA_STR("\xff"), YICHA_STR("market"), NONE, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_office_feed_rows(office, YICHA_STR("targets"), NO, NONE, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_office_feed_rows(office, YICHA_STR("targets"), YICHA_STR("market"), bytes(rows), &error));
  NULLED(yicha_text *, yicha_office_ask(NULL, NONE, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_text *, yicha_office_ask(office, NONE, &out, &error));
  OK(yicha_office_ask(office, bytes("{\"question\":{\"open\":{\"day\":\"2026-04-01\"}},\"v\":1}"), &text, &error));
  CHECK(strstr(yicha_text_data(text), "conference K1") || strstr(yicha_text_data(text), "\"K1\""));
  yicha_text_free(&text);
  NULLED(yicha_tip *, yicha_office_tip(NULL, &out, &error));
  OK(yicha_office_tip(office, &tip, &error));
  yicha_tip_free(&tip);

  NULLED(yicha_text *, yicha_office_snapshot(NULL, &out, &error));
  OK(yicha_office_snapshot(office, &snapshot, &error));
  yicha_office_free(&other);
  NULLED(yicha_office *, yicha_office_restore(NONE, NULL, calendar, &out, &error));
  NULLED(yicha_office *, yicha_office_restore(NONE, edition, NULL, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_office *, yicha_office_restore(NONE, edition, calendar, &out, &error));
  OK(yicha_office_restore((yicha_bytes){(const uint8_t *)yicha_text_data(snapshot), yicha_text_len(snapshot)}, edition, calendar, &other, &error));
  yicha_office_free(&other);
  yicha_text_free(&snapshot);
  FREED(yicha_office, office);
  NULLED(yicha_decision *, yicha_office_decide(office, bytes(HOLD), &out, &error)); /* freed */
  yicha_edition_free(&edition);
  yicha_calendar_free(&calendar);
}

static void case_offices(void) {
  yicha_edition *edition = NULL;
  yicha_calendar *calendar = NULL;
  yicha_office *office = NULL;
  yicha_case_office *case_office = NULL;
  yicha_decision *decision = NULL;
  yicha_tip *tip = NULL;
  yicha_text *text = NULL;
  yicha_head head;
  yicha_bytes entry;
  yicha_str inspection, proof;
  inspection = YICHA_STR("JC-2026-1");
  proof = YICHA_STR("{\"index\":0,\"path\":[],\"v\":1}");
  OK(yicha_edition_wancheng_2026(&edition, &error));
  OK(yicha_calendar_china(&calendar, &error));
  OK(yicha_office_new(YICHA_SM3, edition, calendar, &office, &error));
  OK(yicha_office_decide(office, bytes(HOLD), &decision, &error));
  OK(yicha_decision_next_tip(decision, &tip, &error));
  OK(yicha_decision_next(decision, &head, &error));
  OK(yicha_decision_entry(decision, 0, &entry, &error));

  NULLED(yicha_case_office *, yicha_case_office_new(NULL, calendar, tip, &inspection, 1, &entry, NULL, 1, &out, &error));
  NULLED(yicha_case_office *, yicha_case_office_new(edition, NULL, tip, &inspection, 1, &entry, NULL, 1, &out, &error));
  NULLED(yicha_case_office *, yicha_case_office_new(edition, calendar, NULL, &inspection, 1, &entry, NULL, 1, &out, &error));
  NULLED(yicha_case_office *, yicha_case_office_new(edition, calendar, tip, NULL, 1, &entry, NULL, 1, &out, &error));
  NULLED(yicha_case_office *, yicha_case_office_new(edition, calendar, tip, &inspection, 1, NULL, NULL, 1, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_case_office *, yicha_case_office_new(edition, calendar, tip, &NO, 1, &entry, NULL, 1, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_case_office *, yicha_case_office_new(edition, calendar, tip, &inspection, 1, &entry, &NO, 1, &out, &error));
  OK(yicha_case_office_new(edition, calendar, tip, &inspection, 1, &entry, NULL, 1, &case_office, &error)); /* vouched for */
  yicha_case_office_free(&case_office);
  proof = YICHA_STR("{\"index\":1,\"path\":[],\"v\":1}");
  ANSWERED(YICHA_REFUSED, yicha_case_office *, yicha_case_office_new(edition, calendar, tip, &inspection, 1, &entry, &proof, 1, &out, &error));
  proof = YICHA_STR("{\"index\":0,\"path\":[],\"v\":1}");
  OK(yicha_case_office_new(edition, calendar, tip, &inspection, 1, &entry, &proof, 1, &case_office, &error));
  yicha_tip_free(&tip);
  yicha_decision_free(&decision);

  NULLED(yicha_decision *, yicha_case_office_decide(NULL, bytes(FINISH), &out, &error));
  NULLED(yicha_decision *, yicha_case_office_decide(case_office, (yicha_bytes){NULL, 1}, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_decision *, yicha_case_office_decide(case_office, NONE, &out, &error));
  OK(yicha_case_office_decide(case_office, bytes(FINISH), &decision, &error));
  OK(yicha_decision_next(decision, &head, &error));
  NULLED(nothing, yicha_case_office_commit(NULL, &decision, &error));
  NULLED(nothing, yicha_case_office_commit(case_office, NULL, &error));
  OK(yicha_case_office_commit(case_office, &decision, &error));
  NULLED(nothing, yicha_case_office_commit(case_office, &decision, &error)); /* taken already */
  NULLED(nothing, yicha_case_office_catch_up(NULL, NULL, 0, &head, &error));
  NULLED(nothing, yicha_case_office_catch_up(case_office, NULL, 1, &head, &error));
  NULLED(nothing, yicha_case_office_catch_up(case_office, NULL, 0, NULL, &error));
  OK(yicha_case_office_catch_up(case_office, NULL, 0, &head, &error));
  NULLED(nothing, yicha_case_office_feed_file(NULL, NO, &error));
  ANSWERED(YICHA_NOT_UTF8, nothing, yicha_case_office_feed_file(case_office, YICHA_STR("\xff"), &error));
  NULLED(nothing, yicha_case_office_feed_rows(NULL, YICHA_STR("items"), YICHA_STR("market"), NONE, &error));
  RANGED(nothing, yicha_case_office_feed_rows(case_office, NO, YICHA_STR("market"), NONE, &error));
  NULLED(yicha_text *, yicha_case_office_ask(NULL, NONE, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_text *, yicha_case_office_ask(case_office, NONE, &out, &error));
  /* what rests on inspections that are not loaded is not answered as if there were none */
  CHECK(yicha_case_office_ask(case_office, bytes("{\"question\":{\"why-public\":{\"day\":\"2026-05-12\"}},\"v\":1}"), &text, &error) == YICHA_REFUSED);
  CHECK(strcmp(yicha_error_code(error), "case-not-loaded") == 0);
  yicha_error_free(&error);
  NULLED(yicha_tip *, yicha_case_office_tip(NULL, &out, &error));
  OK(yicha_case_office_tip(case_office, &tip, &error));
  CHECK(yicha_tip_suite(tip) == YICHA_SM3);
  yicha_tip_free(&tip);
  FREED(yicha_case_office, case_office);
  yicha_office_free(&office);
  yicha_edition_free(&edition);
  yicha_calendar_free(&calendar);
}

static void ledgers(void) {
  yicha_tip *tip = NULL, *after = NULL;
  yicha_proofs *proofs = NULL;
  yicha_note *note = NULL, *copy = NULL;
  yicha_text *text = NULL, *origin = NULL;
  yicha_head head, empty, read;
  yicha_note_signature signature, found;
  yicha_bytes no_entries[1];
  yicha_str body;
  int32_t suite = 0;
  static const char PROOF[] = "{\"index\":0,\"path\":[],\"v\":1}", GROWN[] = "{\"path\":[],\"v\":1}";
  no_entries[0] = NONE;
  OK(yicha_tip_new(YICHA_SM3, &tip, &error));
  OK(yicha_tip_head(tip, &empty, &error));
  NULLED(yicha_tip *, yicha_ledger_verify(NULL, NULL, 0, &empty, &out, &error));
  NULLED(yicha_tip *, yicha_ledger_verify(tip, NULL, 1, &empty, &out, &error));
  NULLED(yicha_tip *, yicha_ledger_verify(tip, NULL, 0, NULL, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_tip *, yicha_ledger_verify(tip, no_entries, 1, &empty, &out, &error)); /* an empty entry */
  OK(yicha_ledger_verify(tip, NULL, 0, &empty, &after, &error));
  yicha_tip_free(&after);
  NULLED(yicha_tip *, yicha_ledger_verify_file(NULL, NONE, &empty, &out, &error));
  NULLED(yicha_tip *, yicha_ledger_verify_file(tip, NONE, NULL, &out, &error));
  NULLED(yicha_tip *, yicha_ledger_verify_file(tip, (yicha_bytes){NULL, 1}, &empty, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_tip *, yicha_ledger_verify_file(tip, bytes("\n"), &empty, &out, &error)); /* an empty line */
  OK(yicha_ledger_verify_file(tip, NONE, &empty, &after, &error));
  yicha_tip_free(&after);

  RANGED(yicha_proofs *, yicha_proofs_new(0, NULL, 0, 1, &out, &error));
  NULLED(yicha_proofs *, yicha_proofs_new(YICHA_SM3, NULL, 1, 1, &out, &error));
  no_entries[0] = bytes("not read");
  OK(yicha_proofs_new(YICHA_SM3, no_entries, 1, 1, &proofs, &error));
  NULLED(yicha_head, yicha_proofs_head(NULL, &out, &error));
  OK(yicha_proofs_head(proofs, &head, &error));
  NULLED(yicha_text *, yicha_proofs_inclusion(NULL, 0, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_text *, yicha_proofs_inclusion(proofs, 1, &out, &error));
  OK(yicha_proofs_inclusion(proofs, 0, &text, &error));
  CHECK(strcmp(yicha_text_data(text), PROOF) == 0);
  yicha_text_free(&text);
  NULLED(yicha_text *, yicha_proofs_consistency(NULL, 1, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_text *, yicha_proofs_consistency(proofs, 0, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_text *, yicha_proofs_consistency(proofs, 2, &out, &error));
  OK(yicha_proofs_consistency(proofs, 1, &text, &error));
  OK(yicha_ledger_verify_consistency(YICHA_SM3, yicha_str_of(yicha_text_data(text), yicha_text_len(text)), &head, &head, &error));
  yicha_text_free(&text);
  RANGED(nothing, yicha_ledger_verify_consistency(0, yicha_str_of(GROWN, strlen(GROWN)), &head, &head, &error));
  NULLED(nothing, yicha_ledger_verify_consistency(YICHA_SM3, yicha_str_of(GROWN, strlen(GROWN)), NULL, &head, &error));
  NULLED(nothing, yicha_ledger_verify_consistency(YICHA_SM3, yicha_str_of(GROWN, strlen(GROWN)), &head, NULL, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_ledger_verify_consistency(YICHA_SM3, NO, &head, &head, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_ledger_verify_consistency(YICHA_SM3, yicha_str_of(GROWN, strlen(GROWN)), &empty, &head, &error));
  RANGED(nothing, yicha_ledger_verify_entry(0, no_entries[0], yicha_str_of(PROOF, strlen(PROOF)), &head, &error));
  NULLED(nothing, yicha_ledger_verify_entry(YICHA_SM3, no_entries[0], yicha_str_of(PROOF, strlen(PROOF)), NULL, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_ledger_verify_entry(YICHA_SM3, no_entries[0], NO, &head, &error));
  ANSWERED(YICHA_REFUSED, nothing, yicha_ledger_verify_entry(YICHA_SM3, no_entries[0], yicha_str_of(PROOF, strlen(PROOF)), &head, &error)); /* no entry */
  FREED(yicha_proofs, proofs);

  NULLED(yicha_text *, yicha_checkpoint_to_text(YICHA_STR("o"), NULL, YICHA_SM3, &out, &error));
  RANGED(yicha_text *, yicha_checkpoint_to_text(YICHA_STR("o"), &head, 0, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_text *, yicha_checkpoint_to_text(YICHA_STR("a b"), &head, YICHA_SM3, &out, &error));
  ANSWERED(YICHA_NOT_UTF8, yicha_text *, yicha_checkpoint_to_text(YICHA_STR("\xff"), &head, YICHA_SM3, &out, &error));
  OK(yicha_checkpoint_to_text(YICHA_STR("wancheng.example/yicha"), &head, YICHA_SM3, &text, &error));
  body = yicha_str_of(yicha_text_data(text), yicha_text_len(text));
  OK(yicha_checkpoint_parse(body, &origin, &read, &suite, &error));
  CHECK(suite == YICHA_SM3 && read.size == head.size && strcmp(yicha_text_data(origin), "wancheng.example/yicha") == 0);
  yicha_text_free(&origin);
  OK(yicha_checkpoint_parse(body, NULL, NULL, NULL, &error));
  ANSWERED(YICHA_REFUSED, yicha_head, yicha_checkpoint_parse(YICHA_STR("o\n01\n"), NULL, &out, NULL, &error));
  ANSWERED(YICHA_NOT_UTF8, yicha_head, yicha_checkpoint_parse(YICHA_STR("\xff"), NULL, &out, NULL, &error));

  signature.name = YICHA_STR("wancheng.example/yicha");
  memset(signature.key, 1, sizeof signature.key);
  signature.signature = bytes("made by the host's module");
  NULLED(yicha_note *, yicha_note_new(body, NULL, 1, &out, &error));
  ANSWERED(YICHA_REFUSED, yicha_note *, yicha_note_new(body, NULL, 0, &out, &error)); /* no signature */
  ANSWERED(YICHA_REFUSED, yicha_note *, yicha_note_new(YICHA_STR("no newline"), &signature, 1, &out, &error));
  signature.name = YICHA_STR("a b");
  ANSWERED(YICHA_REFUSED, yicha_note *, yicha_note_new(body, &signature, 1, &out, &error));
  signature.name = YICHA_STR("wancheng.example/yicha");
  OK(yicha_note_new(body, &signature, 1, &note, &error));
  yicha_text_free(&text);
  NULLED(yicha_text *, yicha_note_to_text(NULL, &out, &error));
  OK(yicha_note_to_text(note, &text, &error));
  OK(yicha_note_parse(yicha_str_of(yicha_text_data(text), yicha_text_len(text)), &copy, &error));
  CHECK(yicha_note_signatures(copy) == 1 && yicha_note_signatures(NULL) == 0);
  NULLED(yicha_note_signature, yicha_note_get_signature(NULL, 0, &out, &error));
  ANSWERED(YICHA_NOT_FOUND, yicha_note_signature, yicha_note_get_signature(copy, 1, &out, &error));
  OK(yicha_note_get_signature(copy, 0, &found, &error));
  CHECK(found.key[3] == 1 && found.signature.len == signature.signature.len && found.name.len == signature.name.len);
  NULLED(yicha_str, yicha_note_body(NULL, &out, &error));
  OK(yicha_note_body(copy, &body, &error));
  OK(yicha_checkpoint_parse(body, NULL, &read, NULL, &error));
  ANSWERED(YICHA_REFUSED, yicha_note *, yicha_note_parse(NO, &out, &error));
  ANSWERED(YICHA_NOT_UTF8, yicha_note *, yicha_note_parse(YICHA_STR("\xff"), &out, &error));
  yicha_text_free(&text);
  yicha_note_free(&copy);
  FREED(yicha_note, note);
  yicha_tip_free(&tip);
}

int main(void) {
  texts();
  lists();
  calendar_part();
  trees();
  draws();
  problems();
  folders();
  editions();
  tips();
  offices();
  case_offices();
  ledgers();
  printf("%d checks of wrong use hold\n", checks);
  return 0;
}
