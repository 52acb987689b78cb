// yicha for C++17: handles that free themselves, and statuses that become exceptions. Copy it and add what you need.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

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
        basis_(yicha_error_basis(error, YICHA_ZH)) {
    yicha_error_free(&error);
  }
  int status() const noexcept { return status_; }
  int article() const noexcept { return article_; }
  const std::string &code() const noexcept { return code_; }
  const std::string &basis() const noexcept { return basis_; }

 private:
  int status_, article_;
  std::string code_, basis_;
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
using Drawn = Handle<yicha_drawn, yicha_drawn_free>;
using Folder = Handle<yicha_folder, yicha_folder_free>;
using List = Handle<yicha_list, yicha_list_free>;
using Matched = Handle<yicha_matched, yicha_matched_free>;
using Part = Handle<yicha_part, yicha_part_free>;
using Problem = Handle<yicha_problem, yicha_problem_free>;
using Roster = Handle<yicha_roster, yicha_roster_free>;
using Sealed = Handle<yicha_sealed, yicha_sealed_free>;
using Shortage = Handle<yicha_shortage, yicha_shortage_free>;
using Slip = Handle<yicha_slip, yicha_slip_free>;
using Statement = Handle<yicha_statement, yicha_statement_free>;
using Terms = Handle<yicha_terms, yicha_terms_free>;
using TextHandle = Handle<yicha_text, yicha_text_free>;

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

}  // namespace yicha
