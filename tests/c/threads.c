/* Threads hammer shared handles: what is const in the header may be used by all of them at once. For helgrind. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yicha.h>

enum { THREADS = 4, ROWS = 200 };

static yicha_calendar *calendar;
static yicha_announcement *announcement;
static yicha_committed *committed;
static yicha_drawn *drawn;
static yicha_drawn_file *file;
static yicha_list *list;
static yicha_bytes seed_file;
static yicha_office *office;

/* A conference that the office has not recorded yet, and a question. */
static const char HOLD[] =
    "{\"actor\":{\"department\":null,\"id\":\"o-1\",\"role\":\"joint-office\"},\"command\":{\"conference\":{\"hold\":{"
    "\"conference\":\"K1\",\"held\":{\"agenda\":[\"0000000000000000000000000000000000000000000000000000000000000000\"],"
    "\"attended\":[\"market\"],\"occasion\":\"regular\",\"resolutions\":[]}}}},\"effective\":\"2026-03-25\",\"id\":\"c-1\","
    "\"purpose\":\"coordination\",\"recorded\":\"2026-03-25T01:00:00Z\",\"v\":1}";
static const char OPEN[] = "{\"question\":{\"open\":{\"day\":\"2026-04-01\"}},\"v\":1}";

static yicha_bytes bytes(const char *text, size_t len) {
  yicha_bytes out;
  out.data = (const uint8_t *)text;
  out.len = len;
  return out;
}
static int rounds = 20;

#define OK(call) do { if ((call) != YICHA_OK) { fprintf(stderr, "threads.c:%d: %s\n", __LINE__, #call); abort(); } } while (0)

static void *hammer(void *unused) {
  int round;
  for (round = 0; round < rounds; round++) {
    yicha_day_answer day;
    yicha_drawn_columns columns;
    yicha_strings ids;
    yicha_text *text = NULL;
    yicha_error *error = NULL;
    yicha_slip *slip = NULL;
    yicha_slip_facts facts;
    yicha_inclusion *proof = NULL;
    yicha_decision *decision = NULL;
    yicha_head head;
    OK(yicha_office_decide(office, bytes(HOLD, sizeof HOLD - 1), &decision, NULL));
    OK(yicha_decision_builds_on(decision, &head, NULL));
    if (head.size != 0 || yicha_decision_count(decision) != 1) abort();
    yicha_decision_free(&decision);
    OK(yicha_office_ask(office, bytes(OPEN, sizeof OPEN - 1), &text, NULL));
    yicha_text_free(&text);
    OK(yicha_office_snapshot(office, &text, NULL));
    yicha_text_free(&text);
    OK(yicha_calendar_deadline(calendar, 20500 + round, 20, &day, NULL));
    OK(yicha_drawn_file_get_columns(file, &columns, NULL));
    OK(yicha_list_ids(list, &ids, NULL));
    OK(yicha_announcement_to_text(announcement, &text, NULL));
    yicha_text_free(&text);
    OK(yicha_committed_inclusion(committed, (uint64_t)(round % ROWS), &proof, NULL));
    yicha_inclusion_free(&proof);
    OK(yicha_drawn_get_slip(drawn, committed, YICHA_STR("t1007"), &slip, NULL));
    OK(yicha_slip_check(slip, announcement, seed_file, list, &facts, NULL));
    yicha_slip_free(&slip);
    if (yicha_code_check(YICHA_STR("a b"), &error) != YICHA_REFUSED || !yicha_error_message(error, YICHA_ZH)[0]) abort();
    yicha_error_free(&error);
  }
  return unused;
}

int main(int argc, char **argv) {
  static char data[ROWS * 5];
  static int64_t offsets[ROWS + 1];
  static uint16_t zeros[ROWS];
  yicha_str stratum, standing;
  yicha_roster_columns columns;
  yicha_roster *roster = NULL;
  yicha_terms *terms = NULL;
  yicha_edition *edition = NULL;
  yicha_sealed *sealed = NULL;
  yicha_text *seed_text = NULL;
  yicha_secret key, nonce;
  yicha_digest root, commitment;
  yicha_rule rule;
  yicha_reveal reveal;
  pthread_t threads[THREADS];
  int i;
  if (argc > 1) rounds = atoi(argv[1]);
  memset(&key, 1, sizeof key);
  memset(&nonce, 2, sizeof nonce);
  memset(&columns, 0, sizeof columns);
  memset(&rule, 0, sizeof rule);
  for (i = 0; i < ROWS; i++) {
    char id[16];
    snprintf(id, sizeof id, "t%d", 1000 + i);
    memcpy(data + 5 * i, id, 5);
    offsets[i + 1] = 5 * (i + 1);
  }
  stratum = YICHA_STR("A");
  standing = YICHA_STR("eligible");
  columns.struct_size = sizeof columns;
  columns.ids.struct_size = sizeof columns.ids;
  columns.ids.data = (const uint8_t *)data;
  columns.ids.data_len = sizeof data;
  columns.ids.offsets64 = offsets;
  columns.ids.rows = ROWS;
  columns.strata = columns.standings = zeros;
  columns.stratum_codes = &stratum;
  columns.standing_codes = &standing;
  columns.stratum_count = columns.standing_count = 1;
  OK(yicha_calendar_china(&calendar, NULL));
  OK(yicha_edition_wancheng_2026(&edition, NULL));
  OK(yicha_office_new(YICHA_SM3, edition, calendar, &office, NULL));
  yicha_edition_free(&edition);
  OK(yicha_roster_new(&columns, &roster, NULL));
  OK(yicha_roster_commit(&roster, YICHA_SM3, &key, 2, &committed, NULL));
  OK(yicha_committed_root(committed, &root, NULL));
  OK(yicha_terms_new(YICHA_SM3, YICHA_STR("s"), 1, NULL, 0, 1, &terms, NULL));
  OK(yicha_nonce_commit(YICHA_SM3, YICHA_STR("s"), YICHA_STR("targets"), 1, YICHA_STR("d"), &nonce, &commitment, NULL));
  OK(yicha_terms_contribution(terms, YICHA_STR("d"), &commitment, NULL));
  rule.stratum = stratum;
  rule.eligible = ROWS;
  rule.rate = 1000;
  OK(yicha_announcement_targets(terms, &root, ROWS, &rule, 1, &announcement, NULL));
  reveal.department = YICHA_STR("d");
  reveal.nonce = nonce;
  OK(yicha_sealed_new(announcement, &reveal, 1, NULL, 0, &sealed, NULL));
  OK(yicha_sealed_seed_text(sealed, &seed_text, NULL));
  seed_file.data = (const uint8_t *)yicha_text_data(seed_text);
  seed_file.len = yicha_text_len(seed_text);
  OK(yicha_sealed_draw(&sealed, committed, 2, &drawn, NULL));
  OK(yicha_drawn_get_file(drawn, &file, NULL));
  OK(yicha_drawn_get_list(drawn, &list, NULL));

  for (i = 0; i < THREADS; i++) if (pthread_create(&threads[i], NULL, hammer, NULL)) abort();
  for (i = 0; i < THREADS; i++) if (pthread_join(threads[i], NULL)) abort();

  yicha_list_free(&list);
  yicha_drawn_file_free(&file);
  yicha_drawn_free(&drawn);
  yicha_text_free(&seed_text);
  yicha_announcement_free(&announcement);
  yicha_terms_free(&terms);
  yicha_committed_free(&committed);
  yicha_calendar_free(&calendar);
  yicha_office_free(&office);
  printf("%d threads share the handles\n", THREADS);
  return 0;
}
