/*
 * A verifiable draw from C: roster, announcement, seed, draw, a slip, and the verification by somebody else.
 *
 *     cc draw.c $(pkg-config --cflags --libs yicha) -o draw && ./draw
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yicha.h>

static yicha_error *error;

/* Every call is looked at; an error says what is wrong, what would be right, and on what that rests. */
static void ok(int32_t status) {
  if (status == YICHA_OK) return;
  fprintf(stderr, "%s: %s（%s）\n", yicha_error_code(error), yicha_error_message(error, YICHA_ZH), yicha_error_basis(error, YICHA_ZH));
  exit(1);
}

/* A demonstration must be repeatable. In earnest each secret comes from the system: getrandom(), /dev/urandom. */
static yicha_secret secret(int seed) {
  yicha_secret out;
  memset(&out, seed, sizeof out);
  return out;
}

static void add(yicha_folder *folder, yicha_str name, const yicha_text *text) {
  yicha_bytes file;
  int32_t known;
  file.data = (const uint8_t *)yicha_text_data(text);
  file.len = yicha_text_len(text);
  ok(yicha_folder_add(folder, name, file, &known, &error));
}

int main(void) {
  enum { ROWS = 40 };
  static char ids[ROWS * 5];
  static int32_t offsets[ROWS + 1];
  static uint16_t strata[ROWS], standings[ROWS];
  yicha_str classes[2], states[2], scheme = YICHA_STR("411302-2026-0017");
  yicha_str departments[2];
  yicha_roster_columns columns;
  yicha_roster *roster = NULL;
  yicha_committed *committed = NULL;
  yicha_terms *terms = NULL;
  yicha_announcement *announcement = NULL;
  yicha_sealed *sealed = NULL;
  yicha_drawn *drawn = NULL;
  yicha_list *list = NULL;
  yicha_slip *slip = NULL;
  yicha_slip_facts facts;
  yicha_folder *folder = NULL;
  yicha_statement *statement = NULL;
  yicha_text *announced_text = NULL, *seed_text = NULL, *list_text = NULL, *words = NULL;
  yicha_secret key = secret(1), nonces[2];
  yicha_reveal reveals[2];
  yicha_rule rules[2];
  yicha_digest root;
  yicha_bytes seed_file;
  int64_t announced, reveal_by;
  yicha_str no_evidence = {NULL, 0};
  int i;

  if (yicha_abi_version() != YICHA_ABI_VERSION) return 2;

  /* 1. The roster as columns: ids as bytes with offsets, class and standing as small numbers. Every fourth target is of
     class D, the first one is kept out of the draw. */
  for (i = 0; i < ROWS; i++) {
    char id[6];
    snprintf(id, sizeof id, "t%04d", i);
    memcpy(ids + 5 * i, id, 5);
    offsets[i + 1] = 5 * (i + 1);
    strata[i] = (uint16_t)(i % 4 == 0);
    standings[i] = (uint16_t)(i == 0);
  }
  classes[0] = YICHA_STR("A");
  classes[1] = YICHA_STR("D");
  states[0] = YICHA_STR("eligible");
  states[1] = YICHA_STR("excluded:frequency-cap");
  memset(&columns, 0, sizeof columns);
  columns.struct_size = sizeof columns;
  columns.ids.struct_size = sizeof columns.ids;
  columns.ids.data = (const uint8_t *)ids;
  columns.ids.data_len = sizeof ids;
  columns.ids.offsets32 = offsets;
  columns.ids.rows = ROWS;
  columns.strata = strata;
  columns.standings = standings;
  columns.stratum_codes = classes;
  columns.stratum_count = 2;
  columns.standing_codes = states;
  columns.standing_count = 2;
  ok(yicha_roster_new(&columns, &roster, &error));
  ok(yicha_roster_commit(&roster, YICHA_SM3, &key, 0, &committed, &error)); /* takes the roster */
  ok(yicha_committed_root(committed, &root, &error));

  /* 2. The announcement: published before any of the randomness exists. */
  ok(yicha_instant_parse(YICHA_STR("2026-03-25T01:00:00Z"), &announced, &error));
  ok(yicha_instant_parse(YICHA_STR("2026-03-25T02:00:00Z"), &reveal_by, &error));
  ok(yicha_terms_new(YICHA_SM3, scheme, 1, NULL, announced, reveal_by, &terms, &error));
  departments[0] = YICHA_STR("market");
  departments[1] = YICHA_STR("fire");
  for (i = 0; i < 2; i++) {
    yicha_digest commitment;
    nonces[i] = secret(2 + i);
    ok(yicha_nonce_commit(YICHA_SM3, scheme, YICHA_STR("targets"), 1, departments[i], &nonces[i], &commitment, &error));
    ok(yicha_terms_contribution(terms, departments[i], &commitment, &error));
  }
  memset(rules, 0, sizeof rules);
  for (i = 0; i < 2; i++) {
    yicha_stratum count;
    ok(yicha_committed_stratum(committed, (size_t)i, &count, &error));
    rules[i].stratum = count.code;
    rules[i].eligible = count.eligible;
  }
  rules[0].rate = 500;  /* 5 % of class A */
  rules[1].rate = 3000; /* 30 % of class D */
  ok(yicha_announcement_targets(terms, &root, ROWS, rules, 2, &announcement, &error));
  ok(yicha_announcement_to_text(announcement, &announced_text, &error));

  /* 3. The seed, once everybody has revealed. 4. The draw, which uses the attempt up. */
  for (i = 0; i < 2; i++) {
    reveals[i].department = departments[i];
    reveals[i].nonce = nonces[i];
  }
  ok(yicha_sealed_new(announcement, reveals, 2, NULL, 0, &sealed, &error));
  ok(yicha_sealed_seed_text(sealed, &seed_text, &error));
  ok(yicha_sealed_draw(&sealed, committed, 0, &drawn, &error));
  ok(yicha_drawn_get_list(drawn, &list, &error));
  ok(yicha_list_to_text(list, &list_text, &error));
  printf("%s", yicha_text_data(list_text));

  /* 5. A target checks its slip. */
  seed_file.data = (const uint8_t *)yicha_text_data(seed_text);
  seed_file.len = yicha_text_len(seed_text);
  ok(yicha_drawn_get_slip(drawn, committed, YICHA_STR("t0000"), &slip, &error));
  ok(yicha_slip_check(slip, announcement, seed_file, list, &facts, &error));
  printf("t0000: %s\n", facts.outcome == YICHA_EXCLUDED ? "excluded" : facts.outcome == YICHA_DRAWN ? "drawn" : "not drawn");

  /* 6. Anybody verifies the public files. */
  ok(yicha_folder_new(&folder, &error));
  add(folder, YICHA_STR("announcement-targets.txt"), announced_text);
  add(folder, YICHA_STR("seed-targets.txt"), seed_text);
  add(folder, YICHA_STR("list.txt"), list_text);
  ok(yicha_folder_verify(folder, no_evidence, &statement, &error));
  ok(yicha_statement_to_text(statement, YICHA_ZH, &words, &error));
  printf("%s", yicha_text_data(words));

  yicha_text_free(&words);
  yicha_statement_free(&statement);
  yicha_folder_free(&folder);
  yicha_slip_free(&slip);
  yicha_text_free(&list_text);
  yicha_list_free(&list);
  yicha_drawn_free(&drawn);
  yicha_text_free(&seed_text);
  yicha_text_free(&announced_text);
  yicha_announcement_free(&announcement);
  yicha_terms_free(&terms);
  yicha_committed_free(&committed);
  return 0;
}
