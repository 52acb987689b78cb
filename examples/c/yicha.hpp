// yicha for C++17: handles that free themselves, and statuses that become exceptions. Copy it and add what you need.
#pragma once

#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yicha.h>

namespace yicha {

// A refusal, or wrong use: code() for programs, what() for people (in Chinese), basis() and article() for the law.
class Error : public std::runtime_error {
 public:
  explicit Error(yicha_error *error)
      : std::runtime_error(yicha_error_message(error, YICHA_ZH)),
        status_(yicha_error_status(error)),
        article_(yicha_error_article(error)),
        code_(yicha_error_code(error)),
        basis_(yicha_error_basis(error, YICHA_ZH)),
        values_(yicha_error_values(error)) {
    yicha_error_free(&error);
  }
  int status() const noexcept { return status_; }
  int article() const noexcept { return article_; }
  const std::string &code() const noexcept { return code_; }
  const std::string &basis() const noexcept { return basis_; }
  // The offending values of a refusal of the office, as JSON.
  const std::string &values() const noexcept { return values_; }

 private:
  int status_, article_;
  std::string code_, basis_, values_;
};

// Calls a function whose last parameter is the error: call(yicha_code_check, str("411302")).
template <class Function, class... Arguments>
void call(Function function, Arguments... arguments) {
  yicha_error *error = nullptr;
  if (function(arguments..., &error) != YICHA_OK) throw Error(error);
}

// A handle that frees itself.
template <class T, void (*Free)(T **)>
class Handle {
 public:
  Handle() = default;
  Handle(Handle &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle &operator=(Handle &&other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() { Free(&handle_); }
  T *get() const noexcept { return handle_; }
  // For a call that takes the handle.
  T **taken() noexcept { return &handle_; }
  // For a call that hands one out; what was held before is freed.
  T **out() noexcept {
    Free(&handle_);
    return &handle_;
  }

 private:
  T *handle_ = nullptr;
};

using Announcement = Handle<yicha_announcement, yicha_announcement_free>;
using Calendar = Handle<yicha_calendar, yicha_calendar_free>;
using Committed = Handle<yicha_committed, yicha_committed_free>;
using DecisionHandle = Handle<yicha_decision, yicha_decision_free>;
using Drawn = Handle<yicha_drawn, yicha_drawn_free>;
using Edition = Handle<yicha_edition, yicha_edition_free>;
using Folder = Handle<yicha_folder, yicha_folder_free>;
using List = Handle<yicha_list, yicha_list_free>;
using Matched = Handle<yicha_matched, yicha_matched_free>;
using Note = Handle<yicha_note, yicha_note_free>;
using OfficeHandle = Handle<yicha_office, yicha_office_free>;
using Part = Handle<yicha_part, yicha_part_free>;
using Problem = Handle<yicha_problem, yicha_problem_free>;
using Proofs = Handle<yicha_proofs, yicha_proofs_free>;
using Roster = Handle<yicha_roster, yicha_roster_free>;
using Sealed = Handle<yicha_sealed, yicha_sealed_free>;
using Shortage = Handle<yicha_shortage, yicha_shortage_free>;
using Slip = Handle<yicha_slip, yicha_slip_free>;
using Statement = Handle<yicha_statement, yicha_statement_free>;
using Terms = Handle<yicha_terms, yicha_terms_free>;
using TextHandle = Handle<yicha_text, yicha_text_free>;
using Tip = Handle<yicha_tip, yicha_tip_free>;

inline yicha_str str(std::string_view text) { return {text.data(), text.size()}; }

inline yicha_bytes bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

// The text that a function hands out: text(yicha_list_to_text, list.get()).
template <class Function, class... Arguments>
std::string text(Function function, Arguments... arguments) {
  TextHandle out;
  call(function, arguments..., out.out());
  return {yicha_text_data(out.get()), yicha_text_len(out.get())};
}

inline bool same(const yicha_head &a, const yicha_head &b) {
  return a.size == b.size && std::memcmp(a.root.bytes, b.root.bytes, sizeof a.root.bytes) == 0;
}

// What a request leads to: entries to be stored, or the receipt of one that was followed before.
class Decision {
 public:
  bool repeated() const noexcept { return yicha_decision_repeated(handle_.get()) == 1; }
  size_t count() const noexcept { return yicha_decision_count(handle_.get()); }
  // The bytes to be stored, which live as long as the decision.
  std::string_view entry(size_t place) const {
    yicha_bytes out;
    call(yicha_decision_entry, handle_.get(), place, &out);
    return {reinterpret_cast<const char *>(out.data), out.len};
  }
  yicha_head builds_on() const { return head(yicha_decision_builds_on); }
  yicha_head next() const { return head(yicha_decision_next); }
  Tip next_tip() const {
    Tip out;
    call(yicha_decision_next_tip, handle_.get(), out.out());
    return out;
  }
  std::string receipt() const { return text(yicha_decision_receipt, handle_.get()); }
  std::string json() const { return text(yicha_decision_to_text, handle_.get()); }

 private:
  friend class Office;
  template <class Function>
  yicha_head head(Function function) const {
    yicha_head out;
    call(function, handle_.get(), &out);
    return out;
  }
  DecisionHandle handle_;
};

// The office over the host's own store. Const members may run on any number of threads at once, the others alone.
class Office {
 public:
  Office(int32_t suite, const Edition &edition, const Calendar &calendar) {
    call(yicha_office_new, suite, edition.get(), calendar.get(), handle_.out());
  }
  // From a snapshot; catch_up takes it to the head of the store.
  Office(std::string_view snapshot, const Edition &edition, const Calendar &calendar) {
    call(yicha_office_restore, bytes(snapshot), edition.get(), calendar.get(), handle_.out());
  }
  Decision decide(std::string_view request) const {
    Decision out;
    call(yicha_office_decide, handle_.get(), bytes(request), out.handle_.out());
    return out;
  }
  // After the host has stored the entries.
  void commit(Decision decision) { call(yicha_office_commit, handle_.get(), decision.handle_.taken()); }
  void catch_up(const std::vector<std::string> &entries, const yicha_head &head) {
    std::vector<yicha_bytes> given;
    for (const std::string &entry : entries) given.push_back(bytes(entry));
    call(yicha_office_catch_up, handle_.get(), given.data(), given.size(), &head);
  }
  void feed_file(std::string_view file) { call(yicha_office_feed_file, handle_.get(), str(file)); }
  void feed_rows(std::string_view kind, std::string_view department, std::string_view rows) {
    call(yicha_office_feed_rows, handle_.get(), str(kind), str(department), bytes(rows));
  }
  std::string ask(std::string_view question) const { return text(yicha_office_ask, handle_.get(), bytes(question)); }
  std::string snapshot() const { return text(yicha_office_snapshot, handle_.get()); }
  yicha_head head() const {
    yicha_head out;
    call(yicha_office_head, handle_.get(), &out);
    return out;
  }

 private:
  OfficeHandle handle_;
};

}  // namespace yicha
