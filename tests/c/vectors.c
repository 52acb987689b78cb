/* The known answers of tests/vectors through the C interface: every case, byte for byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <yicha.h>

static const char *current = "";
static yicha_error *error;

static void fail(const char *what, int line) {
  fprintf(stderr, "vectors.c:%d: %s: %s: %s\n", line, current, what, yicha_error_message(error, YICHA_EN));
  exit(1);
}

#define CHECK(condition) do { if (!(condition)) fail(#condition, __LINE__); } while (0)
#define OK(call) CHECK((call) == YICHA_OK)

static yicha_str str(const char *text) { return yicha_str_of(text, strlen(text)); }

static yicha_bytes bytes_of(const char *text) {
  yicha_bytes bytes;
  bytes.data = (const uint8_t *)text;
  bytes.len = strlen(text);
  return bytes;
}

static const cJSON *get(const cJSON *object, const char *name) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
  if (!item) fail(name, __LINE__);
  return item;
}

static const char *text(const cJSON *object, const char *name) {
  const cJSON *item = get(object, name);
  CHECK(cJSON_IsString(item));
  return item->valuestring;
}

static size_t unhex(const char *hex, uint8_t *out, size_t room) {
  size_t i, len = strlen(hex) / 2;
  CHECK(len <= room);
  for (i = 0; i < len; i++) {
    unsigned byte;
    CHECK(sscanf(hex + 2 * i, "%2x", &byte) == 1);
    out[i] = (uint8_t)byte;
  }
  return len;
}

static yicha_digest digest(const char *hex) {
  yicha_digest out;
  OK(yicha_digest_parse(str(hex), &out, &error));
  return out;
}

static yicha_secret secret(const char *hex) {
  yicha_secret out;
  CHECK(unhex(hex, out.bytes, 32) == 32);
  return out;
}

static int64_t instant(const char *word) {
  int64_t out;
  OK(yicha_instant_parse(str(word), &out, &error));
  return out;
}

static int same(yicha_digest found, const char *hex) {
  yicha_digest wanted = digest(hex);
  return memcmp(&found, &wanted, sizeof found) == 0;
}

/* Takes the text. */
static void expect(yicha_text *found, const char *wanted) {
  CHECK(yicha_text_len(found) == strlen(wanted));
  CHECK(strcmp(yicha_text_data(found), wanted) == 0);
  yicha_text_free(&found);
  CHECK(found == NULL);
}

static int32_t suite_of(const char *name) { return strcmp(name, "sm3") == 0 ? YICHA_SM3 : YICHA_SHA256; }

static cJSON *load(const char *folder, const char *name) {
  char path[4096];
  FILE *file;
  long size;
  char *content;
  cJSON *json;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  file = fopen(path, "rb");
  if (!file) fail(path, __LINE__);
  fseek(file, 0, SEEK_END);
  size = ftell(file);
  rewind(file);
  content = malloc((size_t)size + 1);
  CHECK(content && fread(content, 1, (size_t)size, file) == (size_t)size);
  fclose(file);
  content[size] = 0;
  json = cJSON_Parse(content);
  if (!json) fail("not JSON", __LINE__);
  free(content);
  return json;
}

/* Rows of a case as columns, each row with a dictionary entry of its own. */
typedef struct {
  size_t rows;
  char *data;
  int32_t *offsets;
  uint16_t *numbers;
  yicha_str *strata, *standings;
  yicha_roster_columns columns;
} table;

static table table_of(const cJSON *rows) {
  table t;
  const cJSON *row;
  size_t len = 0, i = 0;
  t.rows = (size_t)cJSON_GetArraySize(rows);
  cJSON_ArrayForEach(row, rows) len += strlen(cJSON_GetArrayItem(row, 0)->valuestring);
  t.data = malloc(len + 1);
  t.offsets = calloc(t.rows + 1, sizeof *t.offsets);
  t.numbers = calloc(t.rows, sizeof *t.numbers);
  t.strata = calloc(t.rows, sizeof *t.strata);
  t.standings = calloc(t.rows, sizeof *t.standings);
  CHECK(t.rows < 65536 && t.data && t.offsets && t.numbers && t.strata && t.standings);
  cJSON_ArrayForEach(row, rows) {
    const char *id = cJSON_GetArrayItem(row, 0)->valuestring;
    memcpy(t.data + t.offsets[i], id, strlen(id));
    t.offsets[i + 1] = t.offsets[i] + (int32_t)strlen(id);
    t.numbers[i] = (uint16_t)i;
    t.strata[i] = str(cJSON_GetArrayItem(row, 1)->valuestring);
    t.standings[i] = str(cJSON_GetArrayItem(row, 2)->valuestring);
    i++;
  }
  memset(&t.columns, 0, sizeof t.columns);
  t.columns.struct_size = sizeof t.columns;
  t.columns.ids.struct_size = sizeof t.columns.ids;
  t.columns.ids.data = (const uint8_t *)t.data;
  t.columns.ids.data_len = len;
  t.columns.ids.offsets32 = t.offsets;
  t.columns.ids.rows = t.rows;
  t.columns.strata = t.columns.standings = t.numbers;
  t.columns.stratum_codes = t.strata;
  t.columns.standing_codes = t.standings;
  t.columns.stratum_count = t.columns.standing_count = t.rows;
  return t;
}

static void table_free(table *t) {
  free(t->data); free(t->offsets); free(t->numbers); free(t->strata); free(t->standings);
}

static yicha_terms *terms_of(const cJSON *c, const char *stage, const char *scheme, uint64_t attempt,
                             const char *previous, const char *announced, const char *reveal_by) {
  int32_t suite = suite_of(text(c, "suite"));
  yicha_terms *terms = NULL;
  yicha_digest before;
  const cJSON *line;
  if (previous) before = digest(previous);
  OK(yicha_terms_new(suite, str(scheme), attempt, previous ? &before : NULL, instant(announced), instant(reveal_by), &terms, &error));
  cJSON_ArrayForEach(line, get(c, "contributions")) {
    yicha_secret nonce = secret(text(line, "nonce"));
    yicha_digest commitment;
    yicha_str department = str(text(line, "department"));
    OK(yicha_nonce_commit(suite, str(scheme), str(stage), attempt, department, &nonce, &commitment, &error));
    OK(yicha_terms_contribution(terms, department, &commitment, &error));
  }
  cJSON_ArrayForEach(line, get(c, "randomness"))
    OK(yicha_terms_randomness(terms, str(text(line, "source")), str(text(line, "round")),
                              (uint64_t)get(line, "bits")->valuedouble, instant(text(line, "due")), &error));
  return terms;
}

static yicha_sealed *seal(const cJSON *c, const yicha_announcement *announcement) {
  yicha_reveal reveals[32];
  static uint8_t buffers[32][1024];
  yicha_bytes values[32];
  size_t n = 0, m = 0;
  const cJSON *line;
  yicha_sealed *sealed = NULL;
  cJSON_ArrayForEach(line, get(c, "contributions")) {
    CHECK(n < 32);
    reveals[n].department = str(text(line, "department"));
    reveals[n++].nonce = secret(text(line, "nonce"));
  }
  cJSON_ArrayForEach(line, get(c, "randomness")) {
    CHECK(m < 32);
    values[m].len = unhex(text(line, "value"), buffers[m], 1024);
    values[m].data = buffers[m];
    m++;
  }
  OK(yicha_sealed_new(announcement, reveals, n, values, m, &sealed, &error));
  return sealed;
}

static void target_draw(const cJSON *c) {
  const cJSON *wanted = get(c, "expect"), *line;
  int32_t suite = suite_of(text(c, "suite")), assurance;
  yicha_secret key = secret(text(c, "roster_key"));
  table t = table_of(get(c, "roster"));
  yicha_roster *roster = NULL;
  yicha_committed *committed = NULL;
  yicha_digest root, seed;
  yicha_rule rules[64];
  size_t n = 0;
  yicha_terms *terms;
  yicha_announcement *announcement = NULL;
  yicha_sealed *sealed, *again = NULL;
  yicha_part *part = NULL, *other = NULL, *read = NULL;
  yicha_drawn *drawn = NULL;
  yicha_drawn_file *file = NULL;
  yicha_list *list = NULL;
  yicha_text *out = NULL;
  yicha_bytes no_salts = {NULL, 0};
  yicha_str code;

  OK(yicha_roster_new(&t.columns, &roster, &error));
  CHECK(yicha_roster_rows(roster) == t.rows);
  OK(yicha_roster_commit(&roster, suite, &key, 2, &committed, &error));
  CHECK(roster == NULL);
  OK(yicha_committed_root(committed, &root, &error));
  CHECK(same(root, text(wanted, "roster_root")));

  cJSON_ArrayForEach(line, get(c, "rules")) {
    yicha_stratum count;
    size_t place;
    CHECK(n < 64);
    rules[n].stratum = str(line->string);
    rules[n].eligible = 0;
    for (place = 0; yicha_committed_stratum(committed, place, &count, NULL) == YICHA_OK; place++)
      if (count.code.len == rules[n].stratum.len && memcmp(count.code.data, line->string, count.code.len) == 0)
        rules[n].eligible = count.eligible;
    rules[n].rate = (uint64_t)get(line, "rate_bp")->valuedouble;
    rules[n].floor = (uint64_t)get(line, "floor")->valuedouble;
    rules[n].has_cap = !cJSON_IsNull(get(line, "cap"));
    rules[n].cap = rules[n].has_cap ? (uint64_t)get(line, "cap")->valuedouble : 0;
    n++;
  }
  terms = terms_of(c, "targets", text(c, "scheme"), (uint64_t)get(c, "attempt")->valuedouble, text(c, "previous"),
                   text(c, "announced"), text(c, "reveal_by"));
  OK(yicha_announcement_targets(terms, &root, t.rows, rules, n, &announcement, &error));
  yicha_terms_free(&terms);
  OK(yicha_announcement_to_text(announcement, &out, &error));
  expect(out, text(wanted, "announcement"));
  OK(yicha_announcement_assurance(announcement, &assurance, &error));
  OK(yicha_assurance_code(assurance, &code, &error));
  CHECK(code.len == strlen(text(wanted, "assurance")) && memcmp(code.data, text(wanted, "assurance"), code.len) == 0);
  cJSON_ArrayForEach(line, get(wanted, "quotas")) {
    uint64_t quota;
    OK(yicha_announcement_quota(announcement, str(line->string), &quota, &error));
    CHECK(quota == (uint64_t)line->valuedouble);
  }

  sealed = seal(c, announcement);
  OK(yicha_sealed_seed_text(sealed, &out, &error));
  expect(out, text(wanted, "seed_text"));
  OK(yicha_sealed_seed(sealed, &seed, &error));
  CHECK(same(seed, text(wanted, "seed")));

  /* In two parts, one of which goes through a file. */
  OK(yicha_sealed_parse(announcement, bytes_of(text(wanted, "seed_text")), &again, &error));
  OK(yicha_part_new(again, &part, &error));
  OK(yicha_part_new_exact(again, &other, &error));
  if (t.rows > 1) {
    yicha_roster_columns half = t.columns;
    half.ids.rows = t.rows / 2;
    OK(yicha_part_feed(part, &half, no_salts, &key, 1, &error));
    half.ids.offsets32 += t.rows / 2;
    half.strata += t.rows / 2;
    half.standings += t.rows / 2;
    half.ids.rows = t.rows - t.rows / 2;
    OK(yicha_part_feed(other, &half, no_salts, &key, 1, &error));
  } else {
    OK(yicha_part_feed(part, &t.columns, no_salts, &key, 1, &error));
  }
  OK(yicha_part_to_text(other, &out, &error));
  OK(yicha_part_parse(again, bytes_of(yicha_text_data(out)), &read, &error));
  yicha_text_free(&out);
  yicha_part_free(&other);
  OK(yicha_part_merge(part, &read, &error));
  CHECK(read == NULL);
  OK(yicha_sealed_draw_part(&again, part, &key, &drawn, &error));
  CHECK(again == NULL);
  yicha_part_free(&part);
  OK(yicha_drawn_get_file(drawn, &file, &error));
  OK(yicha_drawn_file_to_text(file, &out, &error));
  expect(out, text(wanted, "drawn"));
  yicha_drawn_file_free(&file);
  yicha_drawn_free(&drawn);

  /* At once; the attempt is used up. */
  OK(yicha_sealed_draw(&sealed, committed, 1, &drawn, &error));
  CHECK(sealed == NULL && yicha_sealed_draw(&sealed, committed, 1, &drawn, NULL) == YICHA_NULL);
  OK(yicha_drawn_get_file(drawn, &file, &error));
  OK(yicha_drawn_file_to_text(file, &out, &error));
  expect(out, text(wanted, "drawn"));
  OK(yicha_drawn_get_list(drawn, &list, &error));
  OK(yicha_list_to_text(list, &out, &error));
  expect(out, text(wanted, "list"));
  cJSON_ArrayForEach(line, get(wanted, "slips")) {
    yicha_slip *slip = NULL, *made = NULL;
    yicha_slip_facts facts;
    yicha_str id;
    OK(yicha_slip_parse(bytes_of(line->valuestring), &slip, &error));
    OK(yicha_slip_target(slip, &id, &error));
    OK(yicha_drawn_get_slip(drawn, committed, id, &made, &error));
    OK(yicha_slip_to_text(made, &out, &error));
    expect(out, line->valuestring);
    OK(yicha_slip_check(slip, announcement, bytes_of(text(wanted, "seed_text")), list, &facts, &error));
    CHECK(facts.outcome >= YICHA_NOT_DRAWN && facts.outcome <= YICHA_EXCLUDED);
    yicha_slip_free(&slip);
    yicha_slip_free(&made);
  }
  yicha_list_free(&list);
  yicha_drawn_file_free(&file);
  yicha_drawn_free(&drawn);
  yicha_announcement_free(&announcement);
  yicha_committed_free(&committed);
  table_free(&t);
}

static void matching(const cJSON *c) {
  const cJSON *wanted = get(c, "expect"), *shortage_text = cJSON_GetObjectItemCaseSensitive(wanted, "shortage");
  int32_t suite = suite_of(text(c, "suite"));
  yicha_problem *problem = NULL;
  yicha_shortage *shortage = NULL;
  yicha_text *out = NULL;
  OK(yicha_problem_parse(bytes_of(text(c, "problem")), &problem, &error));
  OK(yicha_problem_to_text(problem, &out, &error));
  expect(out, text(c, "problem"));
  if (cJSON_IsString(shortage_text)) {
    OK(yicha_problem_shortage(problem, &shortage, &error));
    OK(yicha_shortage_check(shortage, problem, &error));
    OK(yicha_shortage_to_text(shortage, suite, problem, &out, &error));
    expect(out, shortage_text->valuestring);
    OK(yicha_shortage_in_words(shortage, problem, YICHA_EN, &out, &error));
    CHECK(yicha_text_len(out) > 0);
    yicha_text_free(&out);
    yicha_shortage_free(&shortage);
  } else {
    yicha_announcement *announcement = NULL;
    yicha_digest drawn = digest(text(c, "drawn")), of_problem;
    yicha_sealed *sealed;
    yicha_matched *matched = NULL;
    yicha_match_steps steps;
    const cJSON *whole = cJSON_GetObjectItemCaseSensitive(wanted, "matched");
    char stage[128];
    const char *head = strstr(text(c, "problem"), "department\t") + strlen("department\t");
    yicha_str department = yicha_str_of(head, strcspn(head, "\n"));
    yicha_terms *terms;
    CHECK(yicha_problem_shortage(problem, &shortage, NULL) == YICHA_NOT_FOUND);
    snprintf(stage, sizeof stage, "inspectors:%.*s", (int)department.len, department.data);
    terms = terms_of(c, stage, "411302-2026-0017", 1, NULL, "2026-03-26T01:00:00Z", "2026-03-26T02:00:00Z");
    OK(yicha_problem_digest(problem, suite, &of_problem, &error));
    OK(yicha_announcement_inspectors(terms, department, &drawn, &of_problem, &announcement, &error));
    yicha_terms_free(&terms);
    OK(yicha_announcement_to_text(announcement, &out, &error));
    expect(out, text(wanted, "announcement"));
    sealed = seal(c, announcement);
    OK(yicha_sealed_seed_text(sealed, &out, &error));
    expect(out, text(wanted, "seed_text"));
    OK(yicha_sealed_match(&sealed, problem, &matched, &error));
    OK(yicha_matched_get_steps(matched, &steps, &error));
    CHECK(steps.open_places == (uint64_t)get(wanted, "open_places")->valuedouble);
    CHECK(steps.repairs == (uint64_t)get(wanted, "repairs")->valuedouble);
    CHECK(steps.moves == (uint64_t)get(wanted, "moves")->valuedouble);
    OK(yicha_problem_check(problem, matched, &error));
    OK(yicha_matched_to_text(matched, &out, &error));
    if (cJSON_IsString(whole)) {
      expect(out, whole->valuestring);
    } else {
      yicha_digest found;
      OK(yicha_digest_of(suite, bytes_of(yicha_text_data(out)), &found, &error));
      CHECK(same(found, text(wanted, "matched_digest")));
      yicha_text_free(&out);
    }
    yicha_matched_free(&matched);
    yicha_announcement_free(&announcement);
  }
  yicha_problem_free(&problem);
}

static void small(const cJSON *json) {
  const cJSON *c = get(json, "void"), *code;
  yicha_void *notice = NULL, *read = NULL;
  yicha_digest announcement = digest(text(c, "announcement")), found;
  yicha_text *out = NULL;
  OK(yicha_void_new(&announcement, YICHA_AFTER_ANNOUNCED, str(text(c, "reason")), str(text(c, "approved_by")), instant(text(c, "at")), &notice, &error));
  OK(yicha_void_to_text(notice, &out, &error));
  expect(out, text(c, "text"));
  OK(yicha_void_parse(bytes_of(text(c, "text")), &read, &error));
  OK(yicha_void_digest(read, YICHA_SHA256, &found, &error));
  CHECK(same(found, text(c, "sha256")));
  OK(yicha_void_digest(read, YICHA_SM3, &found, &error));
  CHECK(same(found, text(c, "sm3")));
  yicha_void_free(&notice);
  yicha_void_free(&read);
  cJSON_ArrayForEach(code, get(get(json, "codes"), "legal")) OK(yicha_code_check(str(code->valuestring), &error));
  /* cJSON ends "a\u0000" at the NUL; misuse.c has that one. */
  cJSON_ArrayForEach(code, get(get(json, "codes"), "illegal"))
    if (strcmp(code->valuestring, "a") != 0) CHECK(yicha_code_check(str(code->valuestring), NULL) == YICHA_REFUSED);
}

static void merkle(const cJSON *json) {
  const cJSON *roots = get(json, "root_hashes_hex_size_0_to_8"), *input;
  yicha_frontier *tree = NULL;
  yicha_digest root;
  int size = 0;
  OK(yicha_frontier_new(YICHA_SHA256, &tree, &error));
  OK(yicha_frontier_root(tree, &root, &error));
  CHECK(same(root, cJSON_GetArrayItem(roots, 0)->valuestring));
  cJSON_ArrayForEach(input, get(json, "leaf_inputs_hex")) {
    uint8_t buffer[256];
    yicha_bytes entry;
    entry.len = unhex(input->valuestring, buffer, sizeof buffer);
    entry.data = buffer;
    OK(yicha_frontier_append(tree, &entry, 1, &error));
    OK(yicha_frontier_root(tree, &root, &error));
    CHECK(same(root, cJSON_GetArrayItem(roots, ++size)->valuestring));
  }
  CHECK(size == 8 && yicha_frontier_size(tree) == 8);
  yicha_frontier_free(&tree);
}

static int uscc(const char *folder) {
  char path[4096], line[512];
  FILE *file;
  int rows = 0;
  snprintf(path, sizeof path, "%s/uscc_vectors.csv", folder);
  file = fopen(path, "r");
  if (!file) fail(path, __LINE__);
  while (fgets(line, sizeof line, file)) {
    char *comma = strchr(line, ',');
    if (line[0] == '#' || strncmp(line, "code,", 5) == 0 || !comma) continue;
    current = line;
    CHECK(yicha_uscc_check(yicha_str_of(line, (size_t)(comma - line)), NULL) ==
          (comma[1] == '1' || strncmp(comma + 1, "true", 4) == 0 || strncmp(comma + 1, "True", 4) == 0 ? YICHA_OK : YICHA_REFUSED));
    rows++;
  }
  fclose(file);
  return rows;
}

int main(int argc, char **argv) {
  const char *folder = argc > 1 ? argv[1] : "tests/vectors";
  cJSON *json;
  const cJSON *c;
  int draws = 0, matchings = 0, codes;
  CHECK(yicha_abi_version() == YICHA_ABI_VERSION);
  json = load(folder, "target_draw.json");
  cJSON_ArrayForEach(c, json) { current = text(c, "name"); target_draw(c); draws++; }
  cJSON_Delete(json);
  json = load(folder, "inspector_matching.json");
  cJSON_ArrayForEach(c, json) { current = text(c, "name"); matching(c); matchings++; }
  cJSON_Delete(json);
  current = "small";
  json = load(folder, "small.json");
  small(json);
  cJSON_Delete(json);
  current = "merkle";
  json = load(folder, "merkle/rfc6962_known_answers.json");
  merkle(json);
  cJSON_Delete(json);
  codes = uscc(folder);
  CHECK(draws > 0 && matchings > 0 && codes > 0);
  printf("%d draws, %d matchings, %d credit codes, notices, codes and the tree agree\n", draws, matchings, codes);
  return 0;
}
