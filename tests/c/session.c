/*
 * A session of the office, from the plan to the publication of results, that must come out in the bytes that the core makes:
 * session FOLDER, as tests/data/session has it. Two servers take turns over one store; the first to store a request wins,
 * and the other one takes over what it finds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yicha.h>

enum { MOST = 1000 };

static yicha_error *error;
static const char *folder;
static int checks;

static void fail(const char *what, int line) {
  fprintf(stderr, "session.c:%d: %s (%s: %s)\n", line, what, yicha_error_code(error), yicha_error_message(error, YICHA_EN));
  exit(1);
}

#define CHECK(condition) do { checks++; if (!(condition)) fail(#condition, __LINE__); } while (0)
#define OK(call) CHECK((call) == YICHA_OK)

/* A file of the folder; NULL when it is not there. */
static char *load(const char *name, size_t *len) {
  char path[4096];
  FILE *file;
  char *data = NULL;
  size_t read, room = 0;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  file = fopen(path, "rb");
  *len = 0;
  if (!file) return NULL;
  do {
    room = 2 * room + 4096;
    data = realloc(data, room);
    if (!data) abort();
    read = fread(data + *len, 1, room - *len, file);
    *len += read;
  } while (read > 0);
  fclose(file);
  return data;
}

/* Its lines, without what ends them. */
static size_t lines(const char *data, size_t len, yicha_bytes *out) {
  size_t count = 0, from = 0, at;
  for (at = 0; at < len; at++) {
    if (data[at] != '\n') continue;
    if (count == MOST) abort();
    out[count].data = (const uint8_t *)data + from;
    out[count++].len = at - from;
    from = at + 1;
  }
  return count;
}

static int same(const yicha_text *text, yicha_bytes wanted) {
  return yicha_text_len(text) == wanted.len && memcmp(yicha_text_data(text), wanted.data, wanted.len) == 0;
}

static int same_head(const yicha_head *a, const yicha_head *b) {
  return a->size == b->size && memcmp(a->root.bytes, b->root.bytes, sizeof a->root.bytes) == 0;
}

static yicha_bytes bytes(const yicha_text *text) {
  yicha_bytes out;
  out.data = (const uint8_t *)yicha_text_data(text);
  out.len = yicha_text_len(text);
  return out;
}

static yicha_str str(const yicha_text *text) {
  return yicha_str_of(yicha_text_data(text), yicha_text_len(text));
}

static yicha_edition *edition;
static yicha_calendar *calendar;
static yicha_bytes requests[MOST], entries[MOST], questions[MOST], answers[MOST], refused[MOST], tip_line[MOST];

static void feed(yicha_office *office) {
  int i;
  for (i = 0; ; i++) {
    char name[32];
    size_t len;
    char *file;
    snprintf(name, sizeof name, "file-%d.txt", i);
    file = load(name, &len);
    if (!file) break;
    OK(yicha_office_feed_file(office, yicha_str_of(file, len), &error));
    free(file);
  }
  CHECK(i > 0);
}

static void ask(const yicha_office *office, size_t count) {
  size_t i;
  for (i = 0; i < count; i++) {
    yicha_text *answer = NULL;
    OK(yicha_office_ask(office, questions[i], &answer, &error));
    CHECK(same(answer, answers[i]));
    yicha_text_free(&answer);
  }
}

/* What an auditor checks of the ledger with proofs alone. */
static void audit(size_t count, const yicha_head *half, const yicha_head *head) {
  yicha_proofs *proofs = NULL;
  yicha_text *proof = NULL;
  yicha_head found;
  size_t i;
  OK(yicha_proofs_new(YICHA_SM3, entries, count, 1, &proofs, &error));
  OK(yicha_proofs_head(proofs, &found, &error));
  CHECK(same_head(&found, head));
  for (i = 0; i < count; i++) {
    OK(yicha_proofs_inclusion(proofs, i, &proof, &error));
    OK(yicha_ledger_verify_entry(YICHA_SM3, entries[i], str(proof), head, &error));
    /* another entry has another proof */
    CHECK(yicha_ledger_verify_entry(YICHA_SM3, entries[(i + 1) % count], str(proof), head, NULL) == YICHA_REFUSED);
    yicha_text_free(&proof);
  }
  OK(yicha_proofs_consistency(proofs, half->size, &proof, &error));
  OK(yicha_ledger_verify_consistency(YICHA_SM3, str(proof), half, head, &error));
  CHECK(yicha_ledger_verify_consistency(YICHA_SM3, str(proof), head, half, NULL) == YICHA_REFUSED);
  yicha_text_free(&proof);
  yicha_proofs_free(&proofs);
}

int main(int argc, char **argv) {
  yicha_office *servers[2] = {NULL, NULL}, *other = NULL;
  yicha_decision *decision = NULL;
  yicha_tip *tip = NULL, *start = NULL;
  yicha_text *text = NULL, *snapshot = NULL;
  yicha_head head, half, found;
  size_t len[6], request_count, entry_count, question_count, stored = 0, i;
  char *files[6];
  static const char *const names[] = {"requests.jsonl", "entries.jsonl", "questions.jsonl", "answers.jsonl", "refused.jsonl", "tip.json"};
  folder = argc > 1 ? argv[1] : "tests/data/session";
  for (i = 0; i < 6; i++) {
    files[i] = load(names[i], &len[i]);
    CHECK(files[i] != NULL);
  }
  request_count = lines(files[0], len[0], requests);
  entry_count = lines(files[1], len[1], entries);
  question_count = lines(files[2], len[2], questions);
  CHECK(request_count > 0 && question_count > 0 && lines(files[3], len[3], answers) == question_count);
  CHECK(lines(files[4], len[4], refused) == 2 && lines(files[5], len[5], tip_line) == 1);

  OK(yicha_edition_wancheng_2026(&edition, &error));
  OK(yicha_calendar_china(&calendar, &error));
  for (i = 0; i < 2; i++) {
    OK(yicha_office_new(YICHA_SM3, edition, calendar, &servers[i], &error));
    feed(servers[i]);
  }
  OK(yicha_office_head(servers[0], &head, &error));
  half = head;

  for (i = 0; i < request_count; i++) {
    yicha_office *server = servers[i % 2], *slower = servers[(i + 1) % 2];
    yicha_decision *late = NULL;
    size_t count, at;
    OK(yicha_office_decide(server, requests[i], &decision, &error));
    OK(yicha_office_decide(slower, requests[i], &late, &error)); /* lawful there too, but too late */
    OK(yicha_decision_builds_on(decision, &found, &error));
    CHECK(same_head(&found, &head));
    count = yicha_decision_count(decision);
    CHECK(stored + count <= entry_count);
    for (at = 0; at < count; at++) {
      yicha_bytes entry;
      OK(yicha_decision_entry(decision, at, &entry, &error));
      CHECK(entry.len == entries[stored + at].len && memcmp(entry.data, entries[stored + at].data, entry.len) == 0);
    }
    OK(yicha_decision_next(decision, &head, &error));
    OK(yicha_office_commit(server, &decision, &error));
    OK(yicha_office_catch_up(slower, entries + stored, count, &head, &error));
    CHECK(yicha_office_commit(slower, &late, NULL) == YICHA_REFUSED);
    stored += count;
    if (half.size == 0 && stored > entry_count / 2) {
      half = head;
      OK(yicha_office_snapshot(server, &snapshot, &error));
    }
    OK(yicha_office_decide(slower, requests[i], &decision, &error));
    CHECK(yicha_decision_repeated(decision) == 1);
    yicha_decision_free(&decision);
  }
  CHECK(stored == entry_count);

  for (i = 0; i < 2; i++) {
    OK(yicha_office_tip(servers[i], &tip, &error));
    OK(yicha_tip_to_text(tip, &text, &error));
    CHECK(same(text, tip_line[0]));
    yicha_text_free(&text);
    yicha_tip_free(&tip);
    ask(servers[i], question_count);
  }

  /* The refusal, with its code and values, as the core has it. */
  CHECK(yicha_office_decide(servers[0], refused[0], &decision, &error) == YICHA_REFUSED);
  refused[1].len--; /* as a text of C */
  ((char *)files[4])[len[4] - 2] = '\0';
  CHECK(strstr((const char *)refused[1].data, yicha_error_values(error)) && strstr((const char *)refused[1].data, yicha_error_code(error)));
  CHECK(strstr((const char *)refused[1].data, yicha_error_message(error, YICHA_ZH)) && yicha_error_article(error) == 28);
  yicha_error_free(&error);

  /* The same office from the whole ledger, and from the snapshot of half of it. */
  OK(yicha_office_replay(YICHA_SM3, edition, calendar, entries, entry_count, &head, &other, &error));
  feed(other);
  ask(other, question_count);
  yicha_office_free(&other);
  OK(yicha_office_restore(bytes(snapshot), edition, calendar, &other, &error));
  OK(yicha_office_catch_up(other, entries + half.size, entry_count - half.size, &head, &error));
  feed(other);
  ask(other, question_count);
  yicha_text_free(&snapshot);
  OK(yicha_office_snapshot(servers[0], &snapshot, &error));
  OK(yicha_office_snapshot(other, &text, &error));
  CHECK(same(text, bytes(snapshot)));
  yicha_text_free(&text);
  yicha_text_free(&snapshot);
  yicha_office_free(&other);

  OK(yicha_tip_new(YICHA_SM3, &start, &error));
  OK(yicha_ledger_verify(start, entries, entry_count, &head, &tip, &error));
  yicha_tip_free(&tip);
  OK(yicha_ledger_verify_file(start, (yicha_bytes){(const uint8_t *)files[1], len[1]}, &head, &tip, &error));
  yicha_tip_free(&tip);
  audit(entry_count, &half, &head);

  /* One flipped byte is found, whichever it is. */
  for (i = 0; i < len[1]; i += 97) {
    files[1][i] ^= 1;
    CHECK(yicha_ledger_verify_file(start, (yicha_bytes){(const uint8_t *)files[1], len[1]}, &head, &tip, NULL) == YICHA_REFUSED);
    files[1][i] ^= 1;
  }

  yicha_tip_free(&start);
  for (i = 0; i < 2; i++) yicha_office_free(&servers[i]);
  yicha_edition_free(&edition);
  yicha_calendar_free(&calendar);
  for (i = 0; i < 6; i++) free(files[i]);
  printf("%lu requests and %lu entries as the core has them, %d checks\n", (unsigned long)request_count, (unsigned long)entry_count, checks);
  return 0;
}
