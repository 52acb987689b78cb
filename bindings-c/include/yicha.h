/*
 * yicha: joint "double random" inspections, a draw that anybody can verify.
 *
 * Conventions, for every function unless it says otherwise:
 *
 * Result     A function returns a status, YICHA_OK or another YICHA_ status, and writes its result through `out`, only
 *            on YICHA_OK. On any other status nothing was changed or taken, and `*error`, if `error` is not NULL, becomes
 *            an error object that the caller frees with yicha_error_free. On YICHA_OK `*error` is not touched: set it to
 *            NULL before. Few functions cannot fail and return their value.
 * Ownership  `_new`, `_parse` and what says "is the caller's" hand out a handle that is freed with the `_free` of its type.
 *            `_free` takes the address of the handle and sets it to NULL, so that freeing twice through the same pointer
 *            does nothing. A parameter `T **` that is not `out` is taken: it becomes NULL when the call succeeds.
 *            Texts and columns that live "as long as" a handle are not freed. Arguments are read during the call only.
 * Threads    A `const` handle may be used by any number of threads at once; one that is not const by one thread at a time,
 *            and by no other meanwhile. Functions keep no state besides their handles.
 * Units      Days are int32_t since 1970-01-01, instants int64_t seconds since 1970-01-01T00:00:00Z, rates basis points.
 * Texts      Pointer and length in bytes, UTF-8, nothing trimmed. Codes: 1 to 64 of `0-9 A-Z a-z . _ # -`.
 * Wrong use  NULL where it is not allowed (YICHA_NULL), bad UTF-8 (YICHA_NOT_UTF8), lengths and numbers out of range and
 *            unknown values (YICHA_RANGE), another struct_size (YICHA_STRUCT_SIZE) are answered, not undefined.
 * Basis      A refusal cites its article or other basis: yicha_error_basis, yicha_error_article. Sections are those of
 *            core/docs/draw-spec.md, or of core/docs/ledger-spec.md where the ledger specification is named.
 *
 * This file is generated from the source.
 */


#ifndef YICHA_H
#define YICHA_H

#include <stddef.h>
#include <stdint.h>

// The version of this interface. It grows when a function or struct is changed or taken away, and never when something
// is added. Compare it with `yicha_abi_version()` when you start.
#define YICHA_ABI_VERSION 1

// Stands where there is no day.
#define YICHA_NO_DATE INT32_MIN

// The column's verdict on a row: it holds.
#define YICHA_ROW_OK 0

// It has the wrong length; for a code: it is empty or too long.
#define YICHA_ROW_LENGTH 1

// It has a character that may not stand there, or is not UTF-8.
#define YICHA_ROW_CHARACTER 2

// The check character does not follow from the others.
#define YICHA_ROW_CHECK 3

// It is done, and the results are written.
#define YICHA_OK 0

// A rule refuses it; the error says which and what would be right. Nothing was changed.
#define YICHA_REFUSED 1

// What was asked for is not there.
#define YICHA_NOT_FOUND 2

// A pointer is NULL that must not be, or the handle was freed or taken already.
#define YICHA_NULL 3

// A text is not UTF-8.
#define YICHA_NOT_UTF8 4

// A length, number, day or alignment out of range, or an unknown value of an enumeration.
#define YICHA_RANGE 5

// A struct has a `struct_size` that this library does not know.
#define YICHA_STRUCT_SIZE 6

// The library has a fault of its own. Free the handles that this call was to change, and report it.
#define YICHA_PANIC 100

// Outcome: it took part and was not drawn.
#define YICHA_NOT_DRAWN 0

// Outcome: it was drawn.
#define YICHA_DRAWN 1

// Outcome: it was kept out of the draw.
#define YICHA_EXCLUDED 2

// Suite: SHA-256 (FIPS 180-4).
#define YICHA_SHA256 1

// Suite: SM3 (GB/T 32905-2016).
#define YICHA_SM3 2

// Void after: the seed was not known yet.
#define YICHA_AFTER_ANNOUNCED 0

// Void after: the seed was known.
#define YICHA_AFTER_SEALED 1

// Void after: the result was known.
#define YICHA_AFTER_DRAWN 2

// Language: Chinese.
#define YICHA_ZH 0

// Language: English.
#define YICHA_EN 1

// The results of article 21 are numbered from 0 in the order of the article; there are so many.
#define YICHA_RESULTS 10

// The risk classes are numbered from 0 (低) to 3 (高); there are so many.
#define YICHA_RISK_CLASSES 4

// Polarity: the result does not speak against the target.
#define YICHA_NOT_NEGATIVE 0

// Polarity: it does.
#define YICHA_NEGATIVE 1

// Polarity: the person who enters the result says whether it does.
#define YICHA_POLARITY_TO_BE_SAID 2

// Assurance: it rests on the word of the one who ran the draw.
#define YICHA_OPERATOR 0

// Assurance: steering needs all contributing departments together.
#define YICHA_SHARED 1

// Assurance: nobody can steer it.
#define YICHA_PUBLIC 2

// The proof that an id does not stand on a roster. Immutable: threads may share it.
typedef struct yicha_absence yicha_absence;

// An announcement that keeps all rules of the specification. Immutable: threads may share it.
typedef struct yicha_announcement yicha_announcement;

// The working days of mainland China as the notices known have them. Immutable: threads may share it.
typedef struct yicha_calendar yicha_calendar;

// An office with single cases. Looking at it may note that something is not loaded, so that one thread at a time uses it,
// also to decide and to ask.
typedef struct yicha_case_office yicha_case_office;

// A roster fixed under a key, with every salt and the whole tree. Immutable: threads may share it.
typedef struct yicha_committed yicha_committed;

// What a request leads to: entries to be stored, or the receipt of a request that was followed before. Immutable.
typedef struct yicha_decision yicha_decision;

// A finished target draw. Immutable: threads may share it.
typedef struct yicha_drawn yicha_drawn;

// The drawn file, for the office and auditors. Immutable: threads may share it.
typedef struct yicha_drawn_file yicha_drawn_file;

// The numbers of a place's regulation. Immutable: threads may share it.
typedef struct yicha_edition yicha_edition;

// What is wrong, on what that rests, and what would be right. Immutable; freed with yicha_error_free.
typedef struct yicha_error yicha_error;

// Why a period ends when it ends: each of its days, counted or skipped, with the reason. Immutable.
typedef struct yicha_explanation yicha_explanation;

// Files to verify, by name. One thread at a time changes it.
typedef struct yicha_folder yicha_folder;

// The right edge of a growing tree. One thread at a time changes it.
typedef struct yicha_frontier yicha_frontier;

// Where a leaf stands in the tree, and the hashes from there to the root. Immutable: threads may share it.
typedef struct yicha_inclusion yicha_inclusion;

// The public list of a draw. Immutable: threads may share it.
typedef struct yicha_list yicha_list;

// Who fills which place: the matched file, for the office and auditors. Immutable: threads may share it.
typedef struct yicha_matched yicha_matched;

// A text with signatures, none of which is verified here. Immutable: threads may share it.
typedef struct yicha_note yicha_note;

// All cases of a ledger, and how far it has come. What is const may be asked by any number of threads at once; commit,
// catch up and feed with no other thread at it, as behind a lock for readers and writers.
typedef struct yicha_office yicha_office;

// A part of a target draw: what was fed, and what can still be drawn of it. One thread at a time changes it.
typedef struct yicha_part yicha_part;

// A department's matching problem. Immutable: threads may share it.
typedef struct yicha_problem yicha_problem;

// A problem that is put together. One thread at a time changes it.
typedef struct yicha_problem_builder yicha_problem_builder;

// The tree over a whole ledger, which can prove anything about it: 64 bytes an entry. Immutable: threads may share it.
typedef struct yicha_proofs yicha_proofs;

// The root of a roster whose rows come in sorted batches. One thread at a time changes it.
typedef struct yicha_root yicha_root;

// A roster in memory, sorted by id. Immutable: threads may share it.
typedef struct yicha_roster yicha_roster;

// An attempt whose seed is known. The draw takes it, so that there is no second one.
typedef struct yicha_sealed yicha_sealed;

// A shortage and its proof. Immutable: threads may share it.
typedef struct yicha_shortage yicha_shortage;

// The slip of one target, for the target alone. Immutable: threads may share it.
typedef struct yicha_slip yicha_slip;

// What a verification has shown. Immutable: threads may share it.
typedef struct yicha_statement yicha_statement;

// What an announcement is to say, while it is put together. One thread at a time changes it.
typedef struct yicha_terms yicha_terms;

// A text that the caller owns: UTF-8, followed by a NUL that does not count. Immutable; freed with yicha_text_free.
typedef struct yicha_text yicha_text;

// What is needed to append entries, to be stored beside the head. Immutable: threads may share it.
typedef struct yicha_tip yicha_tip;

// The notice of a void attempt (作废通知), which alone opens another one. Immutable: threads may share it.
typedef struct yicha_void yicha_void;

// A text: pointer and length in bytes, UTF-8, no NUL needed. `data` may be NULL when `len` is 0. As an argument it is
// read during the call only; as a result it says how long it lives.
typedef struct yicha_str {
  // The first byte.
  const char *data;
  // Number of bytes.
  size_t len;
} yicha_str;

// 32 bytes: a digest, a root, a seed.
typedef struct yicha_digest {
  // The bytes.
  uint8_t bytes[32];
} yicha_digest;

// 32 secret bytes: a roster's key or a department's nonce, from the system's source of randomness.
typedef struct yicha_secret {
  // The bytes.
  uint8_t bytes[32];
} yicha_secret;

// What is to be drawn of one stratum.
typedef struct yicha_rule {
  // The stratum.
  struct yicha_str stratum;
  // Eligible targets of the stratum on the roster; 0 for a stratum that does not occur.
  uint64_t eligible;
  // Share of them in basis points (万分比), 0 to 10000, rounded up.
  uint64_t rate;
  // At least so many, as far as there are.
  uint64_t floor;
  // At most so many, if `has_cap` is not 0.
  uint64_t cap;
  // Whether there is a cap: 1 or 0.
  int32_t has_cap;
} yicha_rule;

// Bytes: pointer and length. `data` may be NULL when `len` is 0. As Str in everything else.
typedef struct yicha_bytes {
  // The first byte.
  const uint8_t *data;
  // Number of bytes.
  size_t len;
} yicha_bytes;

// An answer of the calendar and how sure it is.
typedef struct yicha_day_answer {
  // Days since 1970-01-01, a number of working days, or 0 and 1 for no and yes, as the function says.
  int32_t value;
  // 0: firm. 1: provisional, since it assumes plain weekends on days that no notice known speaks of.
  int32_t provisional;
  // The first of these days; YICHA_NO_DATE when firm.
  int32_t missing;
  // The last day of the years known; YICHA_NO_DATE when firm or nothing is known.
  int32_t last_known;
} yicha_day_answer;

// A day of an explanation.
typedef struct yicha_explained_day {
  // Days since 1970-01-01.
  int32_t day;
  // Its number among the working days of the period, from 1; 0 when it is skipped.
  int32_t number;
  // The reason in words; lives as long as the explanation.
  struct yicha_str reason;
} yicha_explained_day;

// A state of a ledger, which fixes every entry before it. A host compares heads and nothing else.
typedef struct yicha_head {
  // The root of the tree over the entries.
  struct yicha_digest root;
  // How many entries.
  uint64_t size;
} yicha_head;

// A column of texts, as Arrow lays `Utf8` (32-bit offsets) and `LargeUtf8` (64-bit offsets): row i is the bytes from
// offset i up to offset i + 1. Exactly one of the two offset pointers is set; it leads to `rows` + 1 numbers.
typedef struct yicha_strings {
  // sizeof this struct.
  size_t struct_size;
  // All texts, one after the other.
  const uint8_t *data;
  // Number of bytes of `data`.
  size_t data_len;
  // Offsets of 32 bits, or NULL.
  const int32_t *offsets32;
  // Offsets of 64 bits, or NULL.
  const int64_t *offsets64;
  // Number of rows.
  size_t rows;
} yicha_strings;

// Rows of a roster (检查对象名录), in any order unless a function says otherwise. Nothing is copied before it is checked.
typedef struct yicha_roster_columns {
  // sizeof this struct.
  size_t struct_size;
  // The targets' ids.
  struct yicha_strings ids;
  // The stratum of each row, as its place in `stratum_codes`.
  const uint16_t *strata;
  // The standing of each row, as its place in `standing_codes`.
  const uint16_t *standings;
  // The strata that the numbers stand for.
  const struct yicha_str *stratum_codes;
  // How many there are.
  size_t stratum_count;
  // The standings that the numbers stand for: `eligible` or `excluded:<reason code>`.
  const struct yicha_str *standing_codes;
  // How many there are.
  size_t standing_count;
} yicha_roster_columns;

// The targets drawn as columns: strata sorted, within a stratum by ticket and id. They live as long as the file.
typedef struct yicha_drawn_columns {
  // The targets' ids.
  struct yicha_strings ids;
  // The stratum of each.
  struct yicha_strings strata;
  // The ticket of each.
  const struct yicha_digest *tickets;
} yicha_drawn_columns;

// What a slip that holds shows.
typedef struct yicha_slip_facts {
  // YICHA_NOT_DRAWN, YICHA_DRAWN or YICHA_EXCLUDED.
  int32_t outcome;
  // The target's ticket.
  struct yicha_digest ticket;
} yicha_slip_facts;

// A signature of a note.
typedef struct yicha_note_signature {
  // The name of the key.
  struct yicha_str name;
  // The first four bytes of the key's hash.
  uint8_t key[4];
  // The signature.
  struct yicha_bytes signature;
} yicha_note_signature;

// How much each step of a matching had to do; all 0 for one that was read.
typedef struct yicha_match_steps {
  // Places that the deal left open.
  uint64_t open_places;
  // Open places that were filled by moving others.
  uint64_t repairs;
  // Moves that made the loads more even.
  uint64_t moves;
} yicha_match_steps;

// A matching as columns, sorted by target, then slot. They live as long as the matching.
typedef struct yicha_matched_columns {
  // The target of each place.
  struct yicha_strings targets;
  // The inspector who fills it.
  struct yicha_strings inspectors;
  // The number of the slot at the target, from 0.
  const uint64_t *slots;
} yicha_matched_columns;

// 16 secret bytes: a target's salt, or that of a matching problem.
typedef struct yicha_salt {
  // The bytes.
  uint8_t bytes[16];
} yicha_salt;

// How many targets a stratum has on a roster.
typedef struct yicha_stratum {
  // Its code; lives until the roster is changed or freed.
  struct yicha_str code;
  // Targets that can be drawn.
  uint64_t eligible;
  // Targets that are kept out of the draw.
  uint64_t excluded;
} yicha_stratum;

// A nonce that a department reveals.
typedef struct yicha_reveal {
  // The department.
  struct yicha_str department;
  // Its nonce.
  struct yicha_secret nonce;
} yicha_reveal;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the interface that the library was built with; it should equal `YICHA_ABI_VERSION`.
uint32_t yicha_abi_version(void);

// The version of the library, such as `0.1.0`, as a text that ends with NUL and lives as long as the program.
const char *yicha_version(void);

// Begins an announcement. `attempt` counts from 1; `previous` is NULL for attempt 1, else the digest of the void notice of
// the attempt before. Instants in seconds since 1970-01-01T00:00:00Z. The handle is the caller's; it may serve again.
int32_t yicha_terms_new(int32_t suite,
                        struct yicha_str scheme,
                        uint64_t attempt,
                        const struct yicha_digest *previous,
                        int64_t announced,
                        int64_t reveal_by,
                        struct yicha_terms **out,
                        struct yicha_error **error);

// Adds the commitment of a department; see yicha_nonce_commit. They may come in any order.
int32_t yicha_terms_contribution(struct yicha_terms *terms,
                                 struct yicha_str department,
                                 const struct yicha_digest *commitment,
                                 struct yicha_error **error);

// Adds a public value that nobody can know before `due` (seconds since 1970), with `bits` unpredictable bits. The order is
// kept. Refused: `free-text`.
int32_t yicha_terms_randomness(struct yicha_terms *terms,
                               struct yicha_str source,
                               struct yicha_str round,
                               uint64_t bits,
                               int64_t due,
                               struct yicha_error **error);

// Frees the terms and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_terms_free(struct yicha_terms **terms);

// The commitment that a nonce makes for one attempt. `stage` is `targets` or `inspectors:<department id>`. Draw
// specification, section 4.
int32_t yicha_nonce_commit(int32_t suite,
                           struct yicha_str scheme,
                           struct yicha_str stage,
                           uint64_t attempt,
                           struct yicha_str department,
                           const struct yicha_secret *nonce,
                           struct yicha_digest *out,
                           struct yicha_error **error);

// Announces a draw of targets from a roster with this root and number of rows, under `count` rules, one for each stratum
// that occurs, in any order. The handle is the caller's. Refused: the line that the specification would not have written.
int32_t yicha_announcement_targets(const struct yicha_terms *terms,
                                   const struct yicha_digest *root,
                                   uint64_t rows,
                                   const struct yicha_rule *rules,
                                   size_t count,
                                   struct yicha_announcement **out,
                                   struct yicha_error **error);

// Announces a department's matching of its inspectors, with the digests of the drawn file and of its problem. The handle
// is the caller's. Refused: the line that the specification would not have written. Article 19.
int32_t yicha_announcement_inspectors(const struct yicha_terms *terms,
                                      struct yicha_str department,
                                      const struct yicha_digest *drawn,
                                      const struct yicha_digest *problem,
                                      struct yicha_announcement **out,
                                      struct yicha_error **error);

// Reads an announcement. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_announcement_parse(struct yicha_bytes file,
                                 struct yicha_announcement **out,
                                 struct yicha_error **error);

// The text file, which is public. The text is the caller's.
int32_t yicha_announcement_to_text(const struct yicha_announcement *announcement,
                                   struct yicha_text **out,
                                   struct yicha_error **error);

// The digest of the text file.
int32_t yicha_announcement_digest(const struct yicha_announcement *announcement,
                                  struct yicha_digest *out,
                                  struct yicha_error **error);

// The suite, YICHA_SHA256 or YICHA_SM3; 0 for NULL.
int32_t yicha_announcement_suite(const struct yicha_announcement *announcement);

// What the draw's fairness rests on: YICHA_OPERATOR, YICHA_SHARED or YICHA_PUBLIC. Draw specification, section 5.
int32_t yicha_announcement_assurance(const struct yicha_announcement *announcement,
                                     int32_t *out,
                                     struct yicha_error **error);

// How many are to be drawn of a stratum; YICHA_NOT_FOUND for a stratum without a rule and for inspectors.
int32_t yicha_announcement_quota(const struct yicha_announcement *announcement,
                                 struct yicha_str stratum,
                                 uint64_t *out,
                                 struct yicha_error **error);

// Frees an announcement and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_announcement_free(struct yicha_announcement **announcement);

// The calendar of 2007 to 2026 that is built in. The handle is the caller's.
int32_t yicha_calendar_china(struct yicha_calendar **out, struct yicha_error **error);

// A calendar of plain weekends, of which nothing is known. The handle is the caller's.
int32_t yicha_calendar_plain(struct yicha_calendar **out, struct yicha_error **error);

// The same calendar with a further notice: a new year, or an amendment of a known one. `source` says where the notice can
// be read; `days` has a line `date,kind,festival` for each day, kind `off` or `work`. The handle is the caller's, the old
// one stays. Refused, all faults at once: `notice-no-source`, `notice-other-year`, `notice-day-twice`, `notice-year`,
// `notice-line`.
int32_t yicha_calendar_with_notice(const struct yicha_calendar *calendar,
                                   int32_t year,
                                   struct yicha_str source,
                                   struct yicha_str days,
                                   struct yicha_calendar **out,
                                   struct yicha_error **error);

// Frees a calendar and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_calendar_free(struct yicha_calendar **calendar);

// Whether a day is a working day: `value` 1 or 0. Days outside of the years 1 to 9999: YICHA_RANGE.
int32_t yicha_calendar_is_workday(const struct yicha_calendar *calendar,
                                  int32_t day,
                                  struct yicha_day_answer *out,
                                  struct yicha_error **error);

// The `workdays`-th working day after `day`, or before it when negative; `day` itself does not count, and zero gives it
// back. So 1 is the next and -1 the previous working day. Refused: `calendar-out-of-range`.
int32_t yicha_calendar_add_workdays(const struct yicha_calendar *calendar,
                                    int32_t day,
                                    int32_t workdays,
                                    struct yicha_day_answer *out,
                                    struct yicha_error **error);

// Working days after `from` up to and including `to`; negative, and `from` not counted, when `to` lies before.
int32_t yicha_calendar_workdays_between(const struct yicha_calendar *calendar,
                                        int32_t from,
                                        int32_t to,
                                        struct yicha_day_answer *out,
                                        struct yicha_error **error);

// The last day of a period of `workdays` that begins on the day after `start`, such as the 20 working days of article 21.
// Refused: `calendar-out-of-range`.
int32_t yicha_calendar_deadline(const struct yicha_calendar *calendar,
                                int32_t start,
                                uint16_t workdays,
                                struct yicha_day_answer *out,
                                struct yicha_error **error);

// Whether each of `rows` days is a working day: `out[i].value` 1 or 0. `out` has room for `rows` answers. At the first
// day that is refused the rest of `out` stays as it was.
int32_t yicha_calendar_is_workday_column(const struct yicha_calendar *calendar,
                                         const int32_t *days,
                                         size_t rows,
                                         struct yicha_day_answer *out,
                                         struct yicha_error **error);

// yicha_calendar_add_workdays for each of `rows` days; `out` as for yicha_calendar_is_workday_column.
int32_t yicha_calendar_add_workdays_column(const struct yicha_calendar *calendar,
                                           const int32_t *days,
                                           size_t rows,
                                           int32_t workdays,
                                           struct yicha_day_answer *out,
                                           struct yicha_error **error);

// Explains a deadline day by day. `language` is YICHA_ZH or YICHA_EN. The handle is the caller's. Refused:
// `calendar-out-of-range`.
int32_t yicha_calendar_explain(const struct yicha_calendar *calendar,
                               int32_t start,
                               uint16_t workdays,
                               int32_t language,
                               struct yicha_explanation **out,
                               struct yicha_error **error);

// Number of days of an explanation; 0 for NULL.
size_t yicha_explanation_len(const struct yicha_explanation *explanation);

// A day of an explanation, counted from 0. YICHA_NOT_FOUND behind the last.
int32_t yicha_explanation_day(const struct yicha_explanation *explanation,
                              size_t place,
                              struct yicha_explained_day *out,
                              struct yicha_error **error);

// Frees an explanation and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_explanation_free(struct yicha_explanation **explanation);

// Loads what has the numbers of `inspection_count` inspections (themselves, their results, and that they are closed) from
// the `count` entries of the store that concern them, and all entries of kinds that are not loaded one by one, in order. An
// inspection may be named that has no entry yet. `tip` is that of the store. `proofs` has for each entry the proof, as
// JSON, that it stands under the head of the tip; NULL where the host vouches for its store. That no entry of a case is
// missing is always the host's word. The handle is the caller's. Refused as yicha_office_catch_up, with the place of the
// entry, and what yicha_ledger_verify_entry refuses.
int32_t yicha_case_office_new(const struct yicha_edition *edition,
                              const struct yicha_calendar *calendar,
                              const struct yicha_tip *tip,
                              const struct yicha_str *inspections,
                              size_t inspection_count,
                              const struct yicha_bytes *entries,
                              const struct yicha_str *proofs,
                              size_t count,
                              struct yicha_case_office **out,
                              struct yicha_error **error);

// As yicha_office_decide. Refused besides: `case-not-loaded`, when the rules had to look at what is not loaded.
int32_t yicha_case_office_decide(struct yicha_case_office *office,
                                 struct yicha_bytes request,
                                 struct yicha_decision **out,
                                 struct yicha_error **error);

// As yicha_office_commit.
int32_t yicha_case_office_commit(struct yicha_case_office *office,
                                 struct yicha_decision **decision,
                                 struct yicha_error **error);

// As yicha_office_catch_up: all entries behind its tip are given. Those of cases that it does not have are checked as well,
// and passed over.
int32_t yicha_case_office_catch_up(struct yicha_case_office *office,
                                   const struct yicha_bytes *entries,
                                   size_t count,
                                   const struct yicha_head *head,
                                   struct yicha_error **error);

// As yicha_office_feed_file.
int32_t yicha_case_office_feed_file(struct yicha_case_office *office,
                                    struct yicha_str file,
                                    struct yicha_error **error);

// As yicha_office_feed_rows.
int32_t yicha_case_office_feed_rows(struct yicha_case_office *office,
                                    struct yicha_str register_,
                                    struct yicha_str department,
                                    struct yicha_bytes rows,
                                    struct yicha_error **error);

// As yicha_office_ask. Refused besides: `case-not-loaded`, when the answer would rest on what is not loaded.
int32_t yicha_case_office_ask(struct yicha_case_office *office,
                              struct yicha_bytes question,
                              struct yicha_text **out,
                              struct yicha_error **error);

// The tip of the office. The handle is the caller's.
int32_t yicha_case_office_tip(const struct yicha_case_office *office,
                              struct yicha_tip **out,
                              struct yicha_error **error);

// Frees an office and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_case_office_free(struct yicha_case_office **office);

// Checks that a text is a code: 1 to 64 of `0-9 A-Z a-z . _ # -`, beginning with a digit or letter; nothing is trimmed.
// Refused: `code-empty`, `code-too-long`, `code-character`, `code-not-utf8`, with the place.
int32_t yicha_code_check(struct yicha_str code,
                         struct yicha_error **error);

// Checks a unified social credit code (统一社会信用代码). In a code that holds, characters 1-2 are authority and category,
// 3-8 the division, 9-17 the subject. Refused: `uscc-length`, `uscc-character`, `uscc-check`, with the place.
int32_t yicha_uscc_check(struct yicha_str code,
                         struct yicha_error **error);

// Checks a column of codes. `verdicts` has room for one byte a row, which becomes a `YICHA_ROW_` value; `out` takes how
// many rows do not hold. Ask yicha_code_check for the sentence of one row.
int32_t yicha_code_check_column(const struct yicha_strings *codes,
                                uint8_t *verdicts,
                                uint64_t *out,
                                struct yicha_error **error);

// Checks a column of unified social credit codes, as yicha_code_check_column does for codes.
int32_t yicha_uscc_check_column(const struct yicha_strings *codes,
                                uint8_t *verdicts,
                                uint64_t *out,
                                struct yicha_error **error);

// Reads `YYYY-MM-DD` as days since 1970-01-01. Refused: `date-form`.
int32_t yicha_date_parse(struct yicha_str text, int32_t *out, struct yicha_error **error);

// Writes a day as `YYYY-MM-DD`. The text is the caller's.
int32_t yicha_date_to_text(int32_t days, struct yicha_text **out, struct yicha_error **error);

// Reads `YYYY-MM-DDThh:mm:ssZ` as seconds since 1970-01-01T00:00:00Z. Refused: `date-form`.
int32_t yicha_instant_parse(struct yicha_str text, int64_t *out, struct yicha_error **error);

// Writes an instant as `YYYY-MM-DDThh:mm:ssZ`. The text is the caller's.
int32_t yicha_instant_to_text(int64_t seconds, struct yicha_text **out, struct yicha_error **error);

// Draws the targets from the roster announced. The sealed attempt is taken, and its pointer becomes NULL, unless it is
// refused. The handle is the caller's. Refused: `draw-other-stage`, `draw-other-roster`, `draw-other-suite`, ...
int32_t yicha_sealed_draw(struct yicha_sealed **sealed,
                          const struct yicha_committed *roster,
                          uint32_t threads,
                          struct yicha_drawn **out,
                          struct yicha_error **error);

// Ends a draw that was fed in batches. The sealed attempt is taken, and its pointer becomes NULL, unless it is refused; the
// part stays. `key` is the roster's. The handle is the caller's. Refused: `draw-lines`, `draw-eligible`,
// `draw-duplicate`, `draw-other-terms`; and `draw-needs-exact`, as good as never: feed all batches again to a part of
// yicha_part_new_exact.
int32_t yicha_sealed_draw_part(struct yicha_sealed **sealed,
                               const struct yicha_part *part,
                               const struct yicha_secret *key,
                               struct yicha_drawn **out,
                               struct yicha_error **error);

// The drawn file, for the office and auditors. The handle is the caller's.
int32_t yicha_drawn_get_file(const struct yicha_drawn *drawn,
                             struct yicha_drawn_file **out,
                             struct yicha_error **error);

// The public list. The handle is the caller's.
int32_t yicha_drawn_get_list(const struct yicha_drawn *drawn,
                             struct yicha_list **out,
                             struct yicha_error **error);

// The slip of a target, for the target alone. The handle is the caller's. Refused: another roster than that drawn from.
// YICHA_NOT_FOUND when the target does not stand on the roster, of which yicha_committed_absence is the proof.
int32_t yicha_drawn_get_slip(const struct yicha_drawn *drawn,
                             const struct yicha_committed *roster,
                             struct yicha_str id,
                             struct yicha_slip **out,
                             struct yicha_error **error);

// Number of targets drawn; 0 for NULL.
uint64_t yicha_drawn_count(const struct yicha_drawn *drawn);

// Frees a draw and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_drawn_free(struct yicha_drawn **drawn);

// A part to which nothing was fed yet. Parts may be made on any number of machines, from the same announcement and seed
// file. The handle is the caller's. Refused: `draw-other-stage`.
int32_t yicha_part_new(const struct yicha_sealed *sealed,
                       struct yicha_part **out,
                       struct yicha_error **error);

// The same without the bound on leading bits, after `draw-needs-exact`.
int32_t yicha_part_new_exact(const struct yicha_sealed *sealed,
                             struct yicha_part **out,
                             struct yicha_error **error);

// Feeds a batch of the roster's rows in any order, excluded ones included; each row is fed once in all. Either `salts` has
// 16 bytes a row, kept from when the roster was fixed, and `key` is NULL, or the salts are made anew from `key` and
// `salts.data` is NULL. Refused, and nothing taken: the first row, with its place.
int32_t yicha_part_feed(struct yicha_part *part,
                        const struct yicha_roster_columns *columns,
                        struct yicha_bytes salts,
                        const struct yicha_secret *key,
                        uint32_t threads,
                        struct yicha_error **error);

// Takes over what another part of the same draw was fed. The other part is taken and its pointer becomes NULL, unless it is
// refused: `draw-other-terms`.
int32_t yicha_part_merge(struct yicha_part *part,
                         struct yicha_part **other,
                         struct yicha_error **error);

// Writes a part, to send it to another machine; internal, like the drawn file. The text is the caller's.
int32_t yicha_part_to_text(const struct yicha_part *part,
                           struct yicha_text **out,
                           struct yicha_error **error);

// Reads a part of the draw that follows from `sealed`. The handle is the caller's. Refused: the first line that
// yicha_part_to_text would not have written.
int32_t yicha_part_parse(const struct yicha_sealed *sealed,
                         struct yicha_bytes file,
                         struct yicha_part **out,
                         struct yicha_error **error);

// Frees a part and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_part_free(struct yicha_part **part);

// 宛区双随机办〔2026〕3号, in force from 2026-03-20, which is built in. The handle is the caller's.
int32_t yicha_edition_wancheng_2026(struct yicha_edition **out,
                                    struct yicha_error **error);

// Reads another place's numbers from a JSON file as yicha_edition_to_text writes it. The handle is the caller's. Refused,
// all faults at once: `edition-not-json`, `edition-version`, `edition-missing`, `edition-unknown`, `edition-not-text`,
// `edition-not-day`, `edition-ends`, `edition-no-values`, `edition-out-of-bounds`, `edition-not-ascending`.
int32_t yicha_edition_parse(struct yicha_str file,
                            struct yicha_edition **out,
                            struct yicha_error **error);

// The edition as a JSON file. The text is the caller's.
int32_t yicha_edition_to_text(const struct yicha_edition *edition,
                              struct yicha_text **out,
                              struct yicha_error **error);

// Frees an edition and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_edition_free(struct yicha_edition **edition);

// The status with which the call returned; YICHA_OK for NULL.
int32_t yicha_error_status(const struct yicha_error *error);

// The stable code for programs, kebab-case, such as `uscc-check`; codes are never reused for another meaning. Lives as
// long as the error; "" for NULL.
const char *yicha_error_code(const struct yicha_error *error);

// The sentence for people: what is wrong and what would be right. `language` is YICHA_ZH or YICHA_EN; another value
// counts as YICHA_ZH. Lives as long as the error; "" for NULL.
const char *yicha_error_message(const struct yicha_error *error,
                                int32_t language);

// On what the refusal rests, cited in words: an article, another law, the draw specification, or a decision of ours.
// `language` as for yicha_error_message. Lives as long as the error; "" for NULL.
const char *yicha_error_basis(const struct yicha_error *error,
                              int32_t language);

// The article of 宛区双随机办〔2026〕3号 on which the refusal rests, 1 to 28; 0 when it rests on something else, and for
// NULL.
int32_t yicha_error_article(const struct yicha_error *error);

// The line of a file, the row of columns or the entry that is refused, counted from 1; 0 when there is none, and for NULL.
uint64_t yicha_error_place(const struct yicha_error *error);

// The offending values of a refusal of the office, as a JSON object of texts by the names that its sentences use, such as
// `{"case":"...","found":"..."}`. Lives as long as the error; `{}` where there are none, and for NULL.
const char *yicha_error_values(const struct yicha_error *error);

// How many faults the error tells one by one, where all are told at once (rows of a roster, notices, problems); 0 for
// an error that is one fault, and for NULL.
uint64_t yicha_error_parts(const struct yicha_error *error);

// One of these faults, counted from 0, as an error that lives as long as `error` and is not freed; NULL when there is no
// such part.
const struct yicha_error *yicha_error_part(const struct yicha_error *error,
                                           uint64_t part);

// Frees an error and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_error_free(struct yicha_error **error);

// Reads a drawn file. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_drawn_file_parse(struct yicha_bytes file,
                               struct yicha_drawn_file **out,
                               struct yicha_error **error);

// The text file. The text is the caller's; it is for the office and auditors.
int32_t yicha_drawn_file_to_text(const struct yicha_drawn_file *drawn,
                                 struct yicha_text **out,
                                 struct yicha_error **error);

// The digest of the text file, which list and inspectors' announcements name.
int32_t yicha_drawn_file_digest(const struct yicha_drawn_file *drawn,
                                int32_t suite,
                                struct yicha_digest *out,
                                struct yicha_error **error);

// The targets drawn as columns. They live as long as the file.
int32_t yicha_drawn_file_get_columns(const struct yicha_drawn_file *drawn,
                                     struct yicha_drawn_columns *out,
                                     struct yicha_error **error);

// Frees a drawn file and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_drawn_file_free(struct yicha_drawn_file **drawn);

// Reads a public list. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_list_parse(struct yicha_bytes file,
                         struct yicha_list **out,
                         struct yicha_error **error);

// The text file, which is public. The text is the caller's.
int32_t yicha_list_to_text(const struct yicha_list *list,
                           struct yicha_text **out,
                           struct yicha_error **error);

// The digest of the text file.
int32_t yicha_list_digest(const struct yicha_list *list,
                          int32_t suite,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// The ids of the targets drawn, sorted. They live as long as the list.
int32_t yicha_list_ids(const struct yicha_list *list,
                       struct yicha_strings *out,
                       struct yicha_error **error);

// Whether a target was drawn: 1 or 0.
int32_t yicha_list_contains(const struct yicha_list *list,
                            struct yicha_str id,
                            int32_t *out,
                            struct yicha_error **error);

// Frees a list and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_list_free(struct yicha_list **list);

// Reads a slip. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_slip_parse(struct yicha_bytes file,
                         struct yicha_slip **out,
                         struct yicha_error **error);

// The text file. The text is the caller's; it is for the target alone.
int32_t yicha_slip_to_text(const struct yicha_slip *slip,
                           struct yicha_text **out,
                           struct yicha_error **error);

// The target's id, which lives as long as the slip.
int32_t yicha_slip_target(const struct yicha_slip *slip,
                          struct yicha_str *out,
                          struct yicha_error **error);

// Checks a slip against announcement, seed file and public list: the target stood on the announced roster as the slip
// says, the cutoff is the one sealed in the list, and the outcome follows. Refused: the first thing that does not hold.
int32_t yicha_slip_check(const struct yicha_slip *slip,
                         const struct yicha_announcement *announcement,
                         struct yicha_bytes seed_file,
                         const struct yicha_list *list,
                         struct yicha_slip_facts *out,
                         struct yicha_error **error);

// Frees a slip and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_slip_free(struct yicha_slip **slip);

// An empty folder. The handle is the caller's.
int32_t yicha_folder_new(struct yicha_folder **out, struct yicha_error **error);

// Adds a file, which is copied. Names are without folders: `announcement-targets.txt`, `seed-targets.txt`, `list.txt`,
// `announcement-inspectors-<department>.txt`, `void-<stage>-<attempt>.txt`, `roster.tsv`, `roster.key`, `drawn.txt`,
// `problem-<department>.txt`, `matched-<department>.txt`, `slip-<target>.txt`, ... `out` takes 1 when the name is one of
// the draw's; 0 when it is not, and then the file is not kept.
int32_t yicha_folder_add(struct yicha_folder *folder,
                         struct yicha_str name,
                         struct yicha_bytes file,
                         int32_t *out,
                         struct yicha_error **error);

// Verifies what the folder holds. `evidence` says in words what outside evidence there is of when the announcements became
// public; `data` NULL for none. The handle is the caller's. Refused: the first thing that does not hold
// (`verify-differs`, `verify-file`), or the file that is missing to begin with (`verify-missing`).
int32_t yicha_folder_verify(const struct yicha_folder *folder,
                            struct yicha_str evidence,
                            struct yicha_statement **out,
                            struct yicha_error **error);

// Frees a folder and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_folder_free(struct yicha_folder **folder);

// What was checked, what it rests on and what could not be checked, in words. `language` is YICHA_ZH or YICHA_EN. The text
// is the caller's.
int32_t yicha_statement_to_text(const struct yicha_statement *statement,
                                int32_t language,
                                struct yicha_text **out,
                                struct yicha_error **error);

// Frees a statement and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_statement_free(struct yicha_statement **statement);

// Digest of bytes, for example of a whole text file. `suite` is YICHA_SHA256 or YICHA_SM3.
int32_t yicha_digest_of(int32_t suite,
                        struct yicha_bytes bytes,
                        struct yicha_digest *out,
                        struct yicha_error **error);

// A digest as 64 lower-case hexadecimal digits. The text is the caller's.
int32_t yicha_digest_to_text(const struct yicha_digest *digest,
                             struct yicha_text **out,
                             struct yicha_error **error);

// Reads 64 lower-case hexadecimal digits. Refused: `digest-form`.
int32_t yicha_digest_parse(struct yicha_str text,
                           struct yicha_digest *out,
                           struct yicha_error **error);

// A head as JSON, always in the same bytes, so that a column of a database can hold and compare it. The text is the
// caller's.
int32_t yicha_head_to_text(const struct yicha_head *head,
                           struct yicha_text **out,
                           struct yicha_error **error);

// Reads a head. Refused: `ledger-json-form`.
int32_t yicha_head_parse(struct yicha_str text, struct yicha_head *out, struct yicha_error **error);

// The tip of a ledger without entries. `suite` is YICHA_SHA256 or YICHA_SM3. The handle is the caller's.
int32_t yicha_tip_new(int32_t suite,
                      struct yicha_tip **out,
                      struct yicha_error **error);

// Reads a tip. The handle is the caller's. Refused: `ledger-json-form`.
int32_t yicha_tip_parse(struct yicha_str text, struct yicha_tip **out, struct yicha_error **error);

// The tip as JSON. The text is the caller's.
int32_t yicha_tip_to_text(const struct yicha_tip *tip,
                          struct yicha_text **out,
                          struct yicha_error **error);

// The head of a tip.
int32_t yicha_tip_head(const struct yicha_tip *tip,
                       struct yicha_head *out,
                       struct yicha_error **error);

// The suite of the ledger's hashes, YICHA_SHA256 or YICHA_SM3; 0 for NULL.
int32_t yicha_tip_suite(const struct yicha_tip *tip);

// When the last entry was recorded, in seconds since 1970. YICHA_NOT_FOUND when there is none.
int32_t yicha_tip_recorded(const struct yicha_tip *tip, int64_t *out, struct yicha_error **error);

// Frees a tip and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_tip_free(struct yicha_tip **tip);

// Checks the `count` entries that stand behind a tip against a later head, and gives the tip there; behind a new tip that
// is the whole ledger. The handle is the caller's. Refused as yicha_office_catch_up.
int32_t yicha_ledger_verify(const struct yicha_tip *tip,
                            const struct yicha_bytes *entries,
                            size_t count,
                            const struct yicha_head *head,
                            struct yicha_tip **out,
                            struct yicha_error **error);

// yicha_ledger_verify for a file with one entry on each line. Refused besides: `entry-newline`.
int32_t yicha_ledger_verify_file(const struct yicha_tip *tip,
                                 struct yicha_bytes file,
                                 const struct yicha_head *head,
                                 struct yicha_tip **out,
                                 struct yicha_error **error);

// Checks that one entry stands in the ledger of `head` by its inclusion proof in JSON, and that it is as section 1 of the
// specification writes it. A refusal says what is wrong.
int32_t yicha_ledger_verify_entry(int32_t suite,
                                  struct yicha_bytes entry,
                                  struct yicha_str proof,
                                  const struct yicha_head *head,
                                  struct yicha_error **error);

// Checks by a consistency proof in JSON that the ledger of `new_head` begins with the ledger of `old_head`, so that nothing
// before was changed. A refusal says what is wrong.
int32_t yicha_ledger_verify_consistency(int32_t suite,
                                        struct yicha_str proof,
                                        const struct yicha_head *old_head,
                                        const struct yicha_head *new_head,
                                        struct yicha_error **error);

// The tree over `count` stored entries, which are hashed and not read. `threads` cores at most, 0 for all. The handle is the
// caller's.
int32_t yicha_proofs_new(int32_t suite,
                         const struct yicha_bytes *entries,
                         size_t count,
                         uint32_t threads,
                         struct yicha_proofs **out,
                         struct yicha_error **error);

// The head of these entries.
int32_t yicha_proofs_head(const struct yicha_proofs *proofs,
                          struct yicha_head *out,
                          struct yicha_error **error);

// The proof, as JSON, that entry number `index` (from 0) stands in the ledger. The text is the caller's. Refused: there is
// no such entry.
int32_t yicha_proofs_inclusion(const struct yicha_proofs *proofs,
                               uint64_t index,
                               struct yicha_text **out,
                               struct yicha_error **error);

// The proof, as JSON, that the first `old_size` entries are the beginning of the ledger. The text is the caller's. Refused
// when `old_size` is 0 or more than there are.
int32_t yicha_proofs_consistency(const struct yicha_proofs *proofs,
                                 uint64_t old_size,
                                 struct yicha_text **out,
                                 struct yicha_error **error);

// Frees a tree and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_proofs_free(struct yicha_proofs **proofs);

// The text of a C2SP checkpoint, which the host's module signs: section 4 of the specification. `origin` names the ledger,
// such as `wancheng.example/yicha`. The text is the caller's. Refused: `note-form`.
int32_t yicha_checkpoint_to_text(struct yicha_str origin,
                                 const struct yicha_head *head,
                                 int32_t suite,
                                 struct yicha_text **out,
                                 struct yicha_error **error);

// Reads the text of a checkpoint, which is the text of a note whose signatures the host has verified. Any of the three
// results may be NULL; the origin is the caller's. Refused: `note-form`, at the first line that is wrong.
int32_t yicha_checkpoint_parse(struct yicha_str text,
                               struct yicha_text **origin,
                               struct yicha_head *head,
                               int32_t *suite,
                               struct yicha_error **error);

// A note of a text, which ends with a newline, and the `count` signatures that the host's module has made over it. The
// handle is the caller's. Refused: `note-form`, where what would be written could not be read again.
int32_t yicha_note_new(struct yicha_str text,
                       const struct yicha_note_signature *signatures,
                       size_t count,
                       struct yicha_note **out,
                       struct yicha_error **error);

// Reads a note. The handle is the caller's; its signatures are the host's to verify. Refused: `note-form`, at the first line
// that is wrong.
int32_t yicha_note_parse(struct yicha_str note,
                         struct yicha_note **out,
                         struct yicha_error **error);

// The note with its signatures. The text is the caller's.
int32_t yicha_note_to_text(const struct yicha_note *note,
                           struct yicha_text **out,
                           struct yicha_error **error);

// The signed bytes, which end with a newline. They live as long as the note.
int32_t yicha_note_body(const struct yicha_note *note,
                        struct yicha_str *out,
                        struct yicha_error **error);

// How many signatures a note has; 0 for NULL.
size_t yicha_note_signatures(const struct yicha_note *note);

// A signature, counted from 0, which lives as long as the note. YICHA_NOT_FOUND behind the last.
int32_t yicha_note_get_signature(const struct yicha_note *note,
                                 size_t place,
                                 struct yicha_note_signature *out,
                                 struct yicha_error **error);

// Frees a note and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_note_free(struct yicha_note **note);

// Matches the inspectors of the problem announced. The sealed attempt is taken, and its pointer becomes NULL, unless it is
// refused. The handle is the caller's. Refused: `matching-other-problem`, `matching-shortage`, `ceremony-other-stage`.
int32_t yicha_sealed_match(struct yicha_sealed **sealed,
                           const struct yicha_problem *problem,
                           struct yicha_matched **out,
                           struct yicha_error **error);

// Reads a matched file. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_matched_parse(struct yicha_bytes file,
                            struct yicha_matched **out,
                            struct yicha_error **error);

// The text file. The text is the caller's; it is for the office and auditors.
int32_t yicha_matched_to_text(const struct yicha_matched *matched,
                              struct yicha_text **out,
                              struct yicha_error **error);

// How much each step had to do.
int32_t yicha_matched_get_steps(const struct yicha_matched *matched,
                                struct yicha_match_steps *out,
                                struct yicha_error **error);

// The matching as columns. They live as long as the matching.
int32_t yicha_matched_get_columns(const struct yicha_matched *matched,
                                  struct yicha_matched_columns *out,
                                  struct yicha_error **error);

// Checks from the result alone that it fills every place lawfully and as evenly as possible. Refused: `matched-...`, the
// first place that is wrong, or the inspector whose load could be smaller.
int32_t yicha_problem_check(const struct yicha_problem *problem,
                            const struct yicha_matched *matched,
                            struct yicha_error **error);

// Frees a matching and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_matched_free(struct yicha_matched **matched);

// The shortage of a problem, known before anything is announced. The handle is the caller's. YICHA_NOT_FOUND when there is
// none: the problem can be announced.
int32_t yicha_problem_shortage(const struct yicha_problem *problem,
                               struct yicha_shortage **out,
                               struct yicha_error **error);

// All that is missing, where yicha_problem_shortage stops at the first place that cannot be filled. As there in all else.
int32_t yicha_problem_whole_shortage(const struct yicha_problem *problem,
                                     struct yicha_shortage **out,
                                     struct yicha_error **error);

// Reads a shortage. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_shortage_parse(struct yicha_bytes file,
                             struct yicha_shortage **out,
                             struct yicha_error **error);

// The digest of the problem that a shortage which was read names; YICHA_NOT_FOUND for one that was computed.
int32_t yicha_shortage_problem(const struct yicha_shortage *shortage,
                               struct yicha_digest *out,
                               struct yicha_error **error);

// The text file, for the problem that it is a shortage of. The text is the caller's.
int32_t yicha_shortage_to_text(const struct yicha_shortage *shortage,
                               int32_t suite,
                               const struct yicha_problem *problem,
                               struct yicha_text **out,
                               struct yicha_error **error);

// Checks that the proof holds for the problem. Refused: `shortage-...`.
int32_t yicha_shortage_check(const struct yicha_shortage *shortage,
                             const struct yicha_problem *problem,
                             struct yicha_error **error);

// The shortage in words: what is missing where, and who is at capacity. `language` is YICHA_ZH or YICHA_EN. The text is
// the caller's. Refused: as yicha_shortage_check.
int32_t yicha_shortage_in_words(const struct yicha_shortage *shortage,
                                const struct yicha_problem *problem,
                                int32_t language,
                                struct yicha_text **out,
                                struct yicha_error **error);

// Frees a shortage and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_shortage_free(struct yicha_shortage **shortage);

// A tree without leaves. The handle is the caller's.
int32_t yicha_frontier_new(int32_t suite, struct yicha_frontier **out, struct yicha_error **error);

// Appends `count` entries in order; each becomes the leaf H(0x00 || entry).
int32_t yicha_frontier_append(struct yicha_frontier *frontier,
                              const struct yicha_bytes *entries,
                              size_t count,
                              struct yicha_error **error);

// Number of leaves; 0 for NULL.
uint64_t yicha_frontier_size(const struct yicha_frontier *frontier);

// The root; of an empty tree the digest of nothing.
int32_t yicha_frontier_root(const struct yicha_frontier *frontier,
                            struct yicha_digest *out,
                            struct yicha_error **error);

// Frees a tree and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_frontier_free(struct yicha_frontier **frontier);

// The leaf hash of an entry: H(0x00 || entry).
int32_t yicha_merkle_leaf(int32_t suite,
                          struct yicha_bytes entry,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// The hash of an inner node: H(0x01 || left || right).
int32_t yicha_merkle_node(int32_t suite,
                          const struct yicha_digest *left,
                          const struct yicha_digest *right,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// Checks that `leaf` is leaf hash number `index` (from 0) of the tree of `size` leaves with this root; `path` has the
// `count` neighbours on the way, the leaf's own first. RFC 9162 section 2.1.3.2. A refusal says what is wrong.
int32_t yicha_merkle_verify_inclusion(int32_t suite,
                                      const struct yicha_digest *leaf,
                                      uint64_t index,
                                      uint64_t size,
                                      const struct yicha_digest *path,
                                      size_t count,
                                      const struct yicha_digest *root,
                                      struct yicha_error **error);

// Checks that the tree of `new_size` leaves begins with that of `old_size`. RFC 9162 section 2.1.4.2. A refusal says what
// is wrong.
int32_t yicha_merkle_verify_consistency(int32_t suite,
                                        uint64_t old_size,
                                        uint64_t new_size,
                                        const struct yicha_digest *old_root,
                                        const struct yicha_digest *new_root,
                                        const struct yicha_digest *path,
                                        size_t count,
                                        struct yicha_error **error);

// An office whose ledger has no entries. `suite` is YICHA_SHA256 or YICHA_SM3 and stays that of the ledger. Edition and
// calendar are copied. The handle is the caller's.
int32_t yicha_office_new(int32_t suite,
                         const struct yicha_edition *edition,
                         const struct yicha_calendar *calendar,
                         struct yicha_office **out,
                         struct yicha_error **error);

// The office that a whole ledger leads to: `count` entries as they were stored, in order, and the head that the host has.
// The handle is the caller's. Refused as yicha_office_catch_up.
int32_t yicha_office_replay(int32_t suite,
                            const struct yicha_edition *edition,
                            const struct yicha_calendar *calendar,
                            const struct yicha_bytes *entries,
                            size_t count,
                            const struct yicha_head *head,
                            struct yicha_office **out,
                            struct yicha_error **error);

// The office of a snapshot, at the tip at which it was made: a cache, of which the ledger is the truth. Afterwards
// yicha_office_catch_up takes it to the head of the store, and rows and files are fed again. The handle is the caller's.
// Refused: `snapshot-unreadable`, `snapshot-damaged`; replay the ledger then.
int32_t yicha_office_restore(struct yicha_bytes snapshot,
                             const struct yicha_edition *edition,
                             const struct yicha_calendar *calendar,
                             struct yicha_office **out,
                             struct yicha_error **error);

// The office as bytes, without what the host feeds: rows of registers and files of draws, some of which may have to be
// erased. The text is the caller's.
int32_t yicha_office_snapshot(const struct yicha_office *office,
                              struct yicha_text **out,
                              struct yicha_error **error);

// Decides a request: JSON as section 5 of the ledger specification writes it. Nothing is changed; the decision is the
// caller's. Refused by the rule that stands against it, with the article (yicha_error_article) and the offending values
// (yicha_error_values), and by the office itself: `request-unreadable`, `command-id-taken`, `recorded-backwards`. A refusal
// holds for the head of this office: if the store has moved on, catch up and decide again.
int32_t yicha_office_decide(const struct yicha_office *office,
                            struct yicha_bytes request,
                            struct yicha_decision **out,
                            struct yicha_error **error);

// Takes over a decision whose entries the host has stored. The decision is taken and its pointer becomes NULL, also when
// it is refused, since it is of no use then: `head-moved` when the office has moved on from the head that the decision
// builds on, which changes nothing. One that was followed before changes nothing either.
int32_t yicha_office_commit(struct yicha_office *office,
                            struct yicha_decision **decision,
                            struct yicha_error **error);

// Takes over the `count` entries that stand in the store behind the office's head, up to the head that the store has: all
// of them, or none. Refused, with the place among the entries (yicha_error_place): `entry-not-canonical`, `entry-unknown`,
// `entry-without-basis`, `entry-actor`, `entry-sequence`, `entry-backwards`, `entry-part`, `entry-command-twice`; and
// `ledger-unfinished`, `ledger-head`.
int32_t yicha_office_catch_up(struct yicha_office *office,
                              const struct yicha_bytes *entries,
                              size_t count,
                              const struct yicha_head *head,
                              struct yicha_error **error);

// Feeds a file of a draw, whose digest the ledger has or will have: drawn, problem and matched files, as the draw wrote
// them. It is no part of the ledger and of no snapshot. Refused: the first line that is not as the specification writes it.
int32_t yicha_office_feed_file(struct yicha_office *office,
                               struct yicha_str file,
                               struct yicha_error **error);

// Feeds the rows of an import that the ledger has, as JSON, one row on each line: section 6 of the ledger specification.
// `register` is `items`, `targets` or `inspectors`; `department` is the one whose register it is. Refused when they are
// not what was imported, or a row is not as it should be.
int32_t yicha_office_feed_rows(struct yicha_office *office,
                               struct yicha_str register_,
                               struct yicha_str department,
                               struct yicha_bytes rows,
                               struct yicha_error **error);

// Answers a question in JSON with an answer in JSON that names the head as of which it holds: core/docs/queries.md. Nothing
// is changed. The text is the caller's. Refused: `question-unreadable`, `question-period-reversed`, `target-unknown`,
// `inspector-unknown`, `national-code-missing`, or that rows are needed which were not fed.
int32_t yicha_office_ask(const struct yicha_office *office,
                         struct yicha_bytes question,
                         struct yicha_text **out,
                         struct yicha_error **error);

// The head of the office.
int32_t yicha_office_head(const struct yicha_office *office,
                          struct yicha_head *out,
                          struct yicha_error **error);

// The tip of the office. The handle is the caller's.
int32_t yicha_office_tip(const struct yicha_office *office,
                         struct yicha_tip **out,
                         struct yicha_error **error);

// Frees an office and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_office_free(struct yicha_office **office);

// 1 when the request was followed before, so that nothing is to be stored and only the receipt is given; 0 when its entries
// are to be stored; 0 for NULL.
int32_t yicha_decision_repeated(const struct yicha_decision *decision);

// How many entries are to be stored, one at least; 0 for one that was followed before, and for NULL.
size_t yicha_decision_count(const struct yicha_decision *decision);

// The bytes of an entry, counted from 0, exactly as they are to be stored. They live as long as the decision.
// YICHA_NOT_FOUND behind the last.
int32_t yicha_decision_entry(const struct yicha_decision *decision,
                             size_t place,
                             struct yicha_bytes *out,
                             struct yicha_error **error);

// The head on which the decision rests: the store takes the entries only if it still has this one. YICHA_NOT_FOUND for one
// that was followed before.
int32_t yicha_decision_builds_on(const struct yicha_decision *decision,
                                 struct yicha_head *out,
                                 struct yicha_error **error);

// The head with the entries, which the store has then. YICHA_NOT_FOUND for one that was followed before.
int32_t yicha_decision_next(const struct yicha_decision *decision,
                            struct yicha_head *out,
                            struct yicha_error **error);

// The tip with the entries, to be stored beside the head. The handle is the caller's. YICHA_NOT_FOUND for one that was
// followed before.
int32_t yicha_decision_next_tip(const struct yicha_decision *decision,
                                struct yicha_tip **out,
                                struct yicha_error **error);

// What the one who asked is given, as JSON. The text is the caller's.
int32_t yicha_decision_receipt(const struct yicha_decision *decision,
                               struct yicha_text **out,
                               struct yicha_error **error);

// The whole decision as JSON, to be sent to where it is stored: `decided` with entries, heads, tip and receipt, or
// `repeated` with the receipt. The text is the caller's.
int32_t yicha_decision_to_text(const struct yicha_decision *decision,
                               struct yicha_text **out,
                               struct yicha_error **error);

// Frees a decision and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_decision_free(struct yicha_decision **decision);

// Begins a problem. `salt` are 16 secret random bytes that keep its digest from being guessed. The handle is the caller's.
int32_t yicha_problem_builder_new(struct yicha_str department,
                                  const struct yicha_salt *salt,
                                  struct yicha_problem_builder **out,
                                  struct yicha_error **error);

// Adds a target. Its places follow with yicha_problem_builder_slot, one at least.
int32_t yicha_problem_builder_target(struct yicha_problem_builder *builder,
                                     struct yicha_str id,
                                     struct yicha_error **error);

// Adds a place at the target added last, for an inspector who has all of `count` codes; with none, for any inspector.
// YICHA_NOT_FOUND before the first target.
int32_t yicha_problem_builder_slot(struct yicha_problem_builder *builder,
                                   const struct yicha_str *codes,
                                   size_t count,
                                   struct yicha_error **error);

// Adds an inspector with the number of new assignments at most and `count` codes (qualifications and districts).
int32_t yicha_problem_builder_inspector(struct yicha_problem_builder *builder,
                                        struct yicha_str id,
                                        uint64_t capacity,
                                        const struct yicha_str *codes,
                                        size_t count,
                                        struct yicha_error **error);

// Keeps an inspector away from a target (回避).
int32_t yicha_problem_builder_recusal(struct yicha_problem_builder *builder,
                                      struct yicha_str inspector,
                                      struct yicha_str target,
                                      struct yicha_error **error);

// Makes the problem. The builder is taken and its pointer becomes NULL, also when the problem is refused, with all faults at
// once: `matching-target-twice`, `matching-no-place`, `matching-inspector-twice`, `matching-recusal-twice`,
// `matching-recusal-unknown`, `matching-too-large`. The handle is the caller's.
int32_t yicha_problem_builder_finish(struct yicha_problem_builder **builder,
                                     struct yicha_problem **out,
                                     struct yicha_error **error);

// Frees a builder and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_problem_builder_free(struct yicha_problem_builder **builder);

// Reads a problem. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_problem_parse(struct yicha_bytes file,
                            struct yicha_problem **out,
                            struct yicha_error **error);

// The text file. The text is the caller's; it is for the office and auditors.
int32_t yicha_problem_to_text(const struct yicha_problem *problem,
                              struct yicha_text **out,
                              struct yicha_error **error);

// The digest of the text file, which the announcement names.
int32_t yicha_problem_digest(const struct yicha_problem *problem,
                             int32_t suite,
                             struct yicha_digest *out,
                             struct yicha_error **error);

// Frees a problem and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_problem_free(struct yicha_problem **problem);

// The leaf of a target: H(0x00 || id || 0x09 || seal) with seal = H(salt || stratum || 0x09 || standing). `standing` is
// `eligible` or `excluded:<reason code>`.
int32_t yicha_roster_leaf(int32_t suite,
                          struct yicha_str id,
                          const struct yicha_salt *salt,
                          struct yicha_str stratum,
                          struct yicha_str standing,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// The proof that the target at a place (from 0) stands on the roster. The handle is the caller's. Refused: there is no such
// place.
int32_t yicha_committed_inclusion(const struct yicha_committed *committed,
                                  uint64_t place,
                                  struct yicha_inclusion **out,
                                  struct yicha_error **error);

// A proof that somebody gave: leaf number `index` of `rows`, and the `count` hashes of its path, the leaf's own neighbour
// first. The handle is the caller's; whether it holds is for yicha_inclusion_check.
int32_t yicha_inclusion_new(uint64_t index,
                            uint64_t rows,
                            const struct yicha_digest *path,
                            size_t count,
                            struct yicha_inclusion **out,
                            struct yicha_error **error);

// The leaf's number, from 0; 0 for NULL.
uint64_t yicha_inclusion_index(const struct yicha_inclusion *inclusion);

// Number of leaves; 0 for NULL.
uint64_t yicha_inclusion_rows(const struct yicha_inclusion *inclusion);

// The hashes of the path, which live as long as the proof; NULL for NULL.
const struct yicha_digest *yicha_inclusion_path(const struct yicha_inclusion *inclusion);

// How many hashes the path has; 0 for NULL.
size_t yicha_inclusion_path_len(const struct yicha_inclusion *inclusion);

// Checks that `leaf` stands at the proof's place under `root`. A refusal says what is wrong.
int32_t yicha_inclusion_check(const struct yicha_inclusion *inclusion,
                              int32_t suite,
                              const struct yicha_digest *leaf,
                              const struct yicha_digest *root,
                              struct yicha_error **error);

// Frees a proof and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_inclusion_free(struct yicha_inclusion **inclusion);

// The proof that an id does not stand on the roster. The handle is the caller's. YICHA_NOT_FOUND when it does stand there.
int32_t yicha_committed_absence(const struct yicha_committed *committed,
                                struct yicha_str id,
                                struct yicha_absence **out,
                                struct yicha_error **error);

// A neighbour of an absent id: `side` 0 is the one before, 1 the one after. Any of the three results may be NULL; the id
// lives as long as the absence, the proof is the caller's. YICHA_NOT_FOUND at an end of the roster.
int32_t yicha_absence_neighbour(const struct yicha_absence *absence,
                                int32_t side,
                                struct yicha_str *id,
                                struct yicha_digest *seal,
                                struct yicha_inclusion **inclusion,
                                struct yicha_error **error);

// A proof of absence that somebody gave: each neighbour as its id, seal and proof, or NULL for all three where there is
// none (`data` NULL for the id). The handle is the caller's; whether it holds is for yicha_absence_check.
int32_t yicha_absence_new(struct yicha_str before_id,
                          const struct yicha_digest *before_seal,
                          const struct yicha_inclusion *before,
                          struct yicha_str after_id,
                          const struct yicha_digest *after_seal,
                          const struct yicha_inclusion *after,
                          struct yicha_absence **out,
                          struct yicha_error **error);

// Checks that `id` does not stand on the roster with this root and number of rows. A refusal says why the proof does not
// show it.
int32_t yicha_absence_check(const struct yicha_absence *absence,
                            int32_t suite,
                            struct yicha_str id,
                            const struct yicha_digest *root,
                            uint64_t rows,
                            struct yicha_error **error);

// Frees a proof of absence and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_absence_free(struct yicha_absence **absence);

// A roster of columns in any order, which are copied once. The handle is the caller's. Refused, up to 1000 rows at once
// with their places: `roster-id`, `roster-duplicate`, `roster-offsets`, `roster-number`; and `roster-empty`.
int32_t yicha_roster_new(const struct yicha_roster_columns *columns,
                         struct yicha_roster **out,
                         struct yicha_error **error);

// Reads `roster.tsv`. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_roster_parse(struct yicha_bytes file,
                           struct yicha_roster **out,
                           struct yicha_error **error);

// Writes `roster.tsv`. The text is the caller's; it is for the office and auditors.
int32_t yicha_roster_to_text(const struct yicha_roster *roster,
                             struct yicha_text **out,
                             struct yicha_error **error);

// Number of rows; 0 for NULL.
uint64_t yicha_roster_rows(const struct yicha_roster *roster);

// A stratum of the roster by its place, from 0, sorted by code; YICHA_NOT_FOUND behind the last.
int32_t yicha_roster_stratum(const struct yicha_roster *roster,
                             size_t place,
                             struct yicha_stratum *out,
                             struct yicha_error **error);

// Frees a roster and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_roster_free(struct yicha_roster **roster);

// Fixes a roster under a key that serves for no other. The roster is taken: its pointer becomes NULL. The new handle is
// the caller's. `threads`: how many to use, 0 for as many as the machine has.
int32_t yicha_roster_commit(struct yicha_roster **roster,
                            int32_t suite,
                            const struct yicha_secret *key,
                            uint32_t threads,
                            struct yicha_committed **out,
                            struct yicha_error **error);

// The root, which the announcement names.
int32_t yicha_committed_root(const struct yicha_committed *committed,
                             struct yicha_digest *out,
                             struct yicha_error **error);

// Number of rows, which the announcement names; 0 for NULL.
uint64_t yicha_committed_rows(const struct yicha_committed *committed);

// The suite, YICHA_SHA256 or YICHA_SM3; 0 for NULL.
int32_t yicha_committed_suite(const struct yicha_committed *committed);

// A stratum by its place, from 0, sorted by code; YICHA_NOT_FOUND behind the last.
int32_t yicha_committed_stratum(const struct yicha_committed *committed,
                                size_t place,
                                struct yicha_stratum *out,
                                struct yicha_error **error);

// The place of a target, from 0 in the order of ids; YICHA_NOT_FOUND when it does not stand on the roster.
int32_t yicha_committed_find(const struct yicha_committed *committed,
                             struct yicha_str id,
                             uint64_t *out,
                             struct yicha_error **error);

// Writes `roster.tsv`. The text is the caller's; it is for the office and auditors.
int32_t yicha_committed_to_text(const struct yicha_committed *committed,
                                struct yicha_text **out,
                                struct yicha_error **error);

// Frees a fixed roster and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_committed_free(struct yicha_committed **committed);

// The root of a roster without rows yet. The key serves for no other roster. The handle is the caller's.
int32_t yicha_root_new(int32_t suite,
                       const struct yicha_secret *key,
                       struct yicha_root **out,
                       struct yicha_error **error);

// Appends rows, sorted by id and behind those before. `salts`, unless NULL, has room for 16 bytes a row and takes the
// salts, for a draw of the same rows. Refused, and nothing appended: the first row, with its place.
int32_t yicha_root_extend(struct yicha_root *root,
                          const struct yicha_roster_columns *columns,
                          uint32_t threads,
                          uint8_t *salts,
                          struct yicha_error **error);

// Number of rows so far; 0 for NULL.
uint64_t yicha_root_rows(const struct yicha_root *root);

// A stratum by its place, from 0, sorted by code; YICHA_NOT_FOUND behind the last.
int32_t yicha_root_stratum(const struct yicha_root *root,
                           size_t place,
                           struct yicha_stratum *out,
                           struct yicha_error **error);

// The root of all rows so far. Refused: `roster-empty`.
int32_t yicha_root_digest(const struct yicha_root *root,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// Frees a root and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_root_free(struct yicha_root **root);

// Makes the seed from every nonce announced, in any order, and every public value in the order announced, byte for byte as
// published. The handle is the caller's. Refused: `seed-not-revealed`, `seed-wrong-nonce`, `seed-not-announced`,
// `seed-no-value`, `seed-other-value`, `seed-value-length`.
int32_t yicha_sealed_new(const struct yicha_announcement *announcement,
                         const struct yicha_reveal *reveals,
                         size_t reveal_count,
                         const struct yicha_bytes *values,
                         size_t value_count,
                         struct yicha_sealed **out,
                         struct yicha_error **error);

// Takes a seed file that somebody has put together. The handle is the caller's. Refused: the first line that is not as the
// specification writes it, or does not follow from the announcement.
int32_t yicha_sealed_parse(const struct yicha_announcement *announcement,
                           struct yicha_bytes file,
                           struct yicha_sealed **out,
                           struct yicha_error **error);

// The seed, which is the digest of the seed file.
int32_t yicha_sealed_seed(const struct yicha_sealed *sealed,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// The seed file, which is public. The text is the caller's.
int32_t yicha_sealed_seed_text(const struct yicha_sealed *sealed,
                               struct yicha_text **out,
                               struct yicha_error **error);

// Frees a sealed attempt and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_sealed_free(struct yicha_sealed **sealed);

// Gives an attempt up. `after` says how far it had come, a `YICHA_AFTER_` value; `reason` names a department that did not
// reveal its nonce; `at` in seconds since 1970. The handle is the caller's. Refused: `free-text`, `code-...`.
int32_t yicha_void_new(const struct yicha_digest *announcement,
                       int32_t after,
                       struct yicha_str reason,
                       struct yicha_str approved_by,
                       int64_t at,
                       struct yicha_void **out,
                       struct yicha_error **error);

// Reads a void notice. The handle is the caller's. Refused: the first line that is not as the specification writes it.
int32_t yicha_void_parse(struct yicha_bytes file,
                         struct yicha_void **out,
                         struct yicha_error **error);

// The text file, which is public. The text is the caller's.
int32_t yicha_void_to_text(const struct yicha_void *notice,
                           struct yicha_text **out,
                           struct yicha_error **error);

// The digest of the text file: the `previous` of the next attempt.
int32_t yicha_void_digest(const struct yicha_void *notice,
                          int32_t suite,
                          struct yicha_digest *out,
                          struct yicha_error **error);

// Frees a void notice and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_void_free(struct yicha_void **notice);

// Checks that an announcement may be made: `previous` and `notice` are NULL for a first attempt, else the announcement of
// the attempt before and its void notice. Refused: `ceremony-needs-void`, `ceremony-not-next`, `ceremony-other-notice`,
// `ceremony-other-stage`.
int32_t yicha_announcement_follows(const struct yicha_announcement *next,
                                   const struct yicha_announcement *previous,
                                   const struct yicha_void *notice,
                                   struct yicha_error **error);

// The stable code of a result, such as `no-problem-found`. It lives as long as the program. Article 21.
int32_t yicha_result_code(int32_t result,
                          struct yicha_str *out,
                          struct yicha_error **error);

// The number of the result with that code; YICHA_NOT_FOUND when there is none. Article 21.
int32_t yicha_result_from_code(struct yicha_str code, int32_t *out, struct yicha_error **error);

// The official label of a result in Chinese, or an English one. It lives as long as the program. Article 21.
int32_t yicha_result_label(int32_t result,
                           int32_t language,
                           struct yicha_str *out,
                           struct yicha_error **error);

// Whether a result speaks against the target: YICHA_NOT_NEGATIVE, YICHA_NEGATIVE or YICHA_POLARITY_TO_BE_SAID.
// Article 25.
int32_t yicha_result_polarity(int32_t result,
                              int32_t *out,
                              struct yicha_error **error);

// Whether a result needs a text of its own: 1 or 0. Article 21.
int32_t yicha_result_needs_text(int32_t result, int32_t *out, struct yicha_error **error);

// The code of a risk class, `A` to `D`. It lives as long as the program. Article 10.
int32_t yicha_risk_code(int32_t class_, struct yicha_str *out, struct yicha_error **error);

// The number of the risk class with that code; YICHA_NOT_FOUND when there is none. Article 10.
int32_t yicha_risk_from_code(struct yicha_str code, int32_t *out, struct yicha_error **error);

// The label of a risk class. It lives as long as the program. Article 10.
int32_t yicha_risk_label(int32_t class_,
                         int32_t language,
                         struct yicha_str *out,
                         struct yicha_error **error);

// The rate in basis points that Henan set in 2021 for a class, for plans that name none. Article 10.
int32_t yicha_risk_henan_2021_rate(int32_t class_,
                                   uint64_t *out,
                                   struct yicha_error **error);

// Checks `count` rates in basis points of classes in ascending order of risk. Refused: `rate-zero`, `rate-falling`.
int32_t yicha_risk_check_rates(const int32_t *classes,
                               const uint32_t *rates,
                               size_t count,
                               struct yicha_error **error);

// The stable code of an assurance: `operator`, `shared` or `public`. It lives as long as the program.
int32_t yicha_assurance_code(int32_t assurance,
                             struct yicha_str *out,
                             struct yicha_error **error);

// What an assurance means, in a sentence that lives as long as the program.
int32_t yicha_assurance_words(int32_t assurance,
                              int32_t language,
                              struct yicha_str *out,
                              struct yicha_error **error);

// The bytes of the text, which live as long as it does; NULL for NULL.
const char *yicha_text_data(const struct yicha_text *text);

// The length in bytes, without the NUL; 0 for NULL.
size_t yicha_text_len(const struct yicha_text *text);

// Frees a text and sets the pointer to NULL. NULL, and a pointer to NULL, are let be.
void yicha_text_free(struct yicha_text **text);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* YICHA_H */

#ifndef YICHA_STR
/* A text of a string literal, as in yicha_code_check(YICHA_STR("411302"), &error). */
#define YICHA_STR(literal) (yicha_str_of("" literal, sizeof(literal) - 1))

static inline yicha_str yicha_str_of(const char *data, size_t len) {
  yicha_str text;
  text.data = data;
  text.len = len;
  return text;
}
#endif
