/*
 * A short office session from C, next to the platform's own SQLite database: the entries, the platform's own row and the
 * head go into one transaction, and a server that was too slow catches up and decides again.
 *
 *     cc office.c $(pkg-config --cflags --libs yicha sqlite3) -o office && ./office
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>
#include <yicha.h>

static yicha_error *error;

static void ok(int32_t status) {
  if (status == YICHA_OK) return;
  fprintf(stderr, "%s: %s（%s）\n", yicha_error_code(error), yicha_error_message(error, YICHA_ZH), yicha_error_basis(error, YICHA_ZH));
  exit(1);
}

static void sql_ok(sqlite3 *db, int status) {
  if (status == SQLITE_OK || status == SQLITE_ROW || status == SQLITE_DONE) return;
  fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
  exit(1);
}

static void run(sqlite3 *db, const char *sql) { sql_ok(db, sqlite3_exec(db, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *out;
  sql_ok(db, sqlite3_prepare_v2(db, sql, -1, &out, NULL));
  return out;
}

/* Runs a statement without rows to its end. */
static void finish(sqlite3 *db, sqlite3_stmt *statement) {
  sql_ok(db, sqlite3_step(statement));
  sql_ok(db, sqlite3_finalize(statement));
}

static void bind_text(sqlite3_stmt *statement, int place, const yicha_text *text) {
  sqlite3_bind_text(statement, place, yicha_text_data(text), (int)yicha_text_len(text), SQLITE_TRANSIENT);
}

static void bind_head(sqlite3_stmt *statement, int place, const yicha_head *head) {
  yicha_text *text = NULL;
  ok(yicha_head_to_text(head, &text, &error));
  bind_text(statement, place, text);
  yicha_text_free(&text);
}

static int same(const yicha_head *a, const yicha_head *b) {
  return a->size == b->size && memcmp(a->root.bytes, b->root.bytes, sizeof a->root.bytes) == 0;
}

/* The head of the store. */
static yicha_head stored_head(sqlite3 *db) {
  sqlite3_stmt *query = prepare(db, "SELECT head FROM ledger");
  yicha_head out;
  sql_ok(db, sqlite3_step(query));
  ok(yicha_head_parse(yicha_str_of((const char *)sqlite3_column_text(query, 0), (size_t)sqlite3_column_bytes(query, 0)), &out, &error));
  sqlite3_finalize(query);
  return out;
}

/* Takes over what other servers have stored behind the office's head. */
static void catch_up(sqlite3 *db, yicha_office *office) {
  yicha_head mine, head;
  yicha_bytes *entries;
  sqlite3_stmt *query;
  size_t count = 0, i;
  run(db, "BEGIN"); /* head and entries of one moment */
  ok(yicha_office_head(office, &mine, &error));
  head = stored_head(db);
  entries = calloc((size_t)(head.size - mine.size) + 1, sizeof *entries);
  if (!entries) abort();
  query = prepare(db, "SELECT bytes FROM entry WHERE sequence >= ? ORDER BY sequence");
  sqlite3_bind_int64(query, 1, (sqlite3_int64)mine.size);
  while (sqlite3_step(query) == SQLITE_ROW && count < head.size - mine.size) {
    size_t len = (size_t)sqlite3_column_bytes(query, 0);
    uint8_t *copy = malloc(len + 1);
    if (!copy) abort();
    memcpy(copy, sqlite3_column_blob(query, 0), len);
    entries[count].data = copy;
    entries[count++].len = len;
  }
  sqlite3_finalize(query);
  run(db, "COMMIT");
  ok(yicha_office_catch_up(office, entries, count, &head, &error));
  for (i = 0; i < count; i++) free((void *)(uintptr_t)entries[i].data);
  free(entries);
}

/* Stores a decision in one transaction: 1 when it is stored, 0 when another server was faster. `note` stands for whatever
   the platform keeps in tables of its own. */
static int store(sqlite3 *db, const yicha_decision *decision, const char *note) {
  yicha_head builds_on, next;
  yicha_tip *tip = NULL;
  yicha_text *tip_text = NULL;
  sqlite3_stmt *swap;
  size_t i;
  int swapped;
  ok(yicha_decision_builds_on(decision, &builds_on, &error));
  ok(yicha_decision_next(decision, &next, &error));
  ok(yicha_decision_next_tip(decision, &tip, &error));
  ok(yicha_tip_to_text(tip, &tip_text, &error));
  run(db, "BEGIN IMMEDIATE");
  swap = prepare(db, "UPDATE ledger SET head = ?, tip = ? WHERE head = ?");
  bind_head(swap, 1, &next);
  bind_text(swap, 2, tip_text);
  bind_head(swap, 3, &builds_on);
  finish(db, swap);
  swapped = sqlite3_changes(db) == 1;
  for (i = 0; swapped && i < yicha_decision_count(decision); i++) {
    yicha_bytes entry;
    sqlite3_stmt *insert = prepare(db, "INSERT INTO entry (sequence, bytes) VALUES (?, ?)");
    ok(yicha_decision_entry(decision, i, &entry, &error));
    sqlite3_bind_int64(insert, 1, (sqlite3_int64)(builds_on.size + i));
    sqlite3_bind_blob(insert, 2, entry.data, (int)entry.len, SQLITE_TRANSIENT);
    finish(db, insert);
  }
  if (swapped) {
    sqlite3_stmt *insert = prepare(db, "INSERT INTO note (text) VALUES (?)");
    sqlite3_bind_text(insert, 1, note, -1, SQLITE_TRANSIENT);
    finish(db, insert);
  }
  run(db, swapped ? "COMMIT" : "ROLLBACK");
  yicha_text_free(&tip_text);
  yicha_tip_free(&tip);
  return swapped;
}

static yicha_bytes bytes(const char *text) {
  yicha_bytes out;
  out.data = (const uint8_t *)text;
  out.len = strlen(text);
  return out;
}

/* What a server does with a request: decides, stores and commits, catching up as often as it takes. */
static void handle(sqlite3 *db, yicha_office *office, const char *request, const char *note) {
  for (;;) {
    yicha_decision *decision = NULL;
    int32_t status = yicha_office_decide(office, bytes(request), &decision, &error);
    yicha_head mine, head = stored_head(db);
    ok(yicha_office_head(office, &mine, NULL));
    if (status != YICHA_OK && same(&mine, &head)) { /* a refusal counts only if it rests on the head of the store */
      printf("%s: %s（%s）%s\n", yicha_error_code(error), yicha_error_message(error, YICHA_ZH), yicha_error_basis(error, YICHA_ZH), yicha_error_values(error));
      yicha_error_free(&error);
      return;
    }
    yicha_error_free(&error);
    if (status == YICHA_OK && (yicha_decision_repeated(decision) || store(db, decision, note))) {
      yicha_text *receipt = NULL;
      ok(yicha_decision_receipt(decision, &receipt, &error));
      printf("%s %s\n", yicha_decision_repeated(decision) ? "before:" : "stored:", yicha_text_data(receipt));
      yicha_text_free(&receipt);
      ok(yicha_office_commit(office, &decision, &error));
      return;
    }
    yicha_decision_free(&decision);
    printf("another server was faster\n");
    catch_up(db, office);
  }
}

#define DIGEST "\"5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9\""
#define OFFICE "{\"actor\":{\"department\":null,\"id\":\"office-1\",\"role\":\"joint-office\"},"
#define MARKET "{\"actor\":{\"department\":\"market\",\"id\":\"officer-7\",\"role\":\"officer\"},"
#define ENDING(day, id) "\"effective\":\"" day "\",\"id\":\"" id "\",\"purpose\":\"coordination\",\"recorded\":\"" day "T02:00:00Z\",\"v\":1}"

/* A conference with one resolution, which the department reports done. Texts go in as salted digests: article 7. */
static const char HOLD[] = OFFICE
    "\"command\":{\"conference\":{\"hold\":{\"conference\":\"2026-1\",\"held\":{\"agenda\":[" DIGEST "],\"attended\":[\"fire\",\"market\"],"
    "\"occasion\":\"regular\",\"resolutions\":[{\"due\":\"2026-04-10\",\"id\":\"1\",\"owner\":\"market\",\"text\":" DIGEST "}]}}}},"
    ENDING("2026-03-25", "c-1");
static const char DONE[] = MARKET
    "\"command\":{\"conference\":{\"finish-resolution\":{\"conference\":\"2026-1\",\"done\":{\"report\":" DIGEST ",\"resolution\":\"1\"}}}},"
    ENDING("2026-04-08", "c-2");
static const char DONE_AGAIN[] = MARKET
    "\"command\":{\"conference\":{\"finish-resolution\":{\"conference\":\"2026-1\",\"done\":{\"report\":" DIGEST ",\"resolution\":\"1\"}}}},"
    ENDING("2026-04-09", "c-3");

static void ask_open(const yicha_office *office, const char *day) {
  char question[128];
  yicha_text *answer = NULL;
  snprintf(question, sizeof question, "{\"question\":{\"open\":{\"day\":\"%s\"}},\"v\":1}", day);
  ok(yicha_office_ask(office, bytes(question), &answer, &error));
  printf("open on %s: %s\n", day, yicha_text_data(answer));
  yicha_text_free(&answer);
}

int main(void) {
  sqlite3 *db;
  yicha_edition *edition = NULL;
  yicha_calendar *calendar = NULL;
  yicha_office *first = NULL, *second = NULL;
  yicha_text *text = NULL, *snapshot = NULL;
  yicha_tip *tip = NULL;
  yicha_head head;
  yicha_bytes file;
  sqlite3_stmt *insert;

  if (yicha_abi_version() != YICHA_ABI_VERSION) return 2;
  ok(yicha_edition_wancheng_2026(&edition, &error));
  ok(yicha_calendar_china(&calendar, &error));
  ok(yicha_office_new(YICHA_SM3, edition, calendar, &first, &error));
  ok(yicha_office_new(YICHA_SM3, edition, calendar, &second, &error));

  /* 1. The store: the entries as bytes, one row with head and tip, and the platform's own tables. */
  sql_ok(NULL, sqlite3_open(":memory:", &db));
  run(db, "CREATE TABLE entry (sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
          "CREATE TABLE ledger (head TEXT NOT NULL, tip TEXT NOT NULL);"
          "CREATE TABLE note (text TEXT NOT NULL)");
  ok(yicha_office_head(first, &head, &error));
  ok(yicha_office_tip(first, &tip, &error));
  ok(yicha_tip_to_text(tip, &text, &error));
  insert = prepare(db, "INSERT INTO ledger (head, tip) VALUES (?, ?)");
  bind_head(insert, 1, &head);
  bind_text(insert, 2, text);
  finish(db, insert);
  yicha_text_free(&text);

  /* 2. Two servers over one store. The second one lags, and finds out. */
  handle(db, first, HOLD, "会议纪要已归档");
  ask_open(first, "2026-04-11");
  handle(db, second, DONE, "决议办理情况已归档");
  handle(db, first, DONE, "never stored: the request was followed before");
  handle(db, second, DONE_AGAIN, "never stored: it is refused");
  ask_open(second, "2026-04-11");

  /* 3. A third server starts from a snapshot and what came after it. */
  ok(yicha_office_snapshot(second, &snapshot, &error));
  yicha_office_free(&second);
  file.data = (const uint8_t *)yicha_text_data(snapshot);
  file.len = yicha_text_len(snapshot);
  ok(yicha_office_restore(file, edition, calendar, &second, &error));
  catch_up(db, second);
  yicha_text_free(&snapshot);

  /* 4. The text that the host's module signs and publishes: from then on nothing before it can be changed unseen. */
  ok(yicha_office_head(second, &head, &error));
  ok(yicha_checkpoint_to_text(YICHA_STR("wancheng.example/yicha"), &head, YICHA_SM3, &text, &error));
  printf("%s", yicha_text_data(text));

  yicha_text_free(&text);
  yicha_tip_free(&tip);
  yicha_office_free(&second);
  yicha_office_free(&first);
  yicha_calendar_free(&calendar);
  yicha_edition_free(&edition);
  sqlite3_close(db);
  return 0;
}
