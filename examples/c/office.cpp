// The session of office.c from C++17, with the office of yicha.hpp. The store is a vector here; office.c has it in a database.
#include "yicha.hpp"

#include <iostream>
#include <vector>

namespace {

// What a database would hold: entries and head, moved together.
struct Store {
  std::vector<std::string> entries;
  yicha_head head;

  bool swap(const yicha::Decision &decision) {
    if (!yicha::same(decision.builds_on(), head)) return false;
    for (size_t i = 0; i < decision.count(); i++) entries.emplace_back(decision.entry(i));
    head = decision.next();
    return true;
  }

  void catch_up(yicha::Office &office) const {
    const size_t from = office.head().size;
    office.catch_up({entries.begin() + static_cast<std::ptrdiff_t>(from), entries.end()}, head);
  }
};

void handle(yicha::Office &office, Store &store, const std::string &request) {
  for (;;) {
    try {
      yicha::Decision decision = office.decide(request);
      if (decision.repeated() || store.swap(decision)) {
        std::cout << (decision.repeated() ? "before: " : "stored: ") << decision.receipt() << "\n";
        office.commit(std::move(decision));
        return;
      }
    } catch (const yicha::Error &error) {
      if (yicha::same(office.head(), store.head)) {  // a refusal counts only if it rests on the head of the store
        std::cout << error.code() << ": " << error.what() << "（" << error.basis() << "）" << error.values() << "\n";
        return;
      }
    }
    std::cout << "another server was faster\n";
    store.catch_up(office);
  }
}

void ask_open(const yicha::Office &office, const std::string &day) {
  std::cout << "open on " << day << ": " << office.ask(R"({"question":{"open":{"day":")" + day + R"("}},"v":1})") << "\n";
}

const std::string kDigest = R"("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9")";

std::string request(const std::string &actor, const std::string &command, const std::string &day, const std::string &id) {
  return R"({"actor":)" + actor + R"(,"command":{"conference":)" + command + R"(},"effective":")" + day + R"(","id":")" + id +
         R"(","purpose":"coordination","recorded":")" + day + R"(T02:00:00Z","v":1})";
}

std::string hold() {
  return request(R"({"department":null,"id":"office-1","role":"joint-office"})",
                 R"({"hold":{"conference":"2026-1","held":{"agenda":[)" + kDigest +
                     R"(],"attended":["fire","market"],"occasion":"regular","resolutions":[{"due":"2026-04-10","id":"1",)" +
                     R"("owner":"market","text":)" + kDigest + "}]}}}",
                 "2026-03-25", "c-1");
}

std::string done(const std::string &day, const std::string &id) {
  return request(R"({"department":"market","id":"officer-7","role":"officer"})",
                 R"({"finish-resolution":{"conference":"2026-1","done":{"report":)" + kDigest + R"(,"resolution":"1"}}})", day, id);
}

void session() {
  yicha::Edition edition;
  yicha::Calendar calendar;
  yicha::call(yicha_edition_wancheng_2026, edition.out());
  yicha::call(yicha_calendar_china, calendar.out());
  yicha::Office first(YICHA_SM3, edition, calendar), second(YICHA_SM3, edition, calendar);
  Store store{{}, first.head()};
  handle(first, store, hold());
  ask_open(first, "2026-04-11");
  handle(second, store, done("2026-04-08", "c-2"));
  handle(first, store, done("2026-04-08", "c-2"));
  handle(second, store, done("2026-04-09", "c-3"));
  ask_open(second, "2026-04-11");

  yicha::Office third(second.snapshot(), edition, calendar);
  store.catch_up(third);
  const yicha_head head = third.head();
  std::cout << yicha::text(yicha_checkpoint_to_text, yicha::str("wancheng.example/yicha"), &head, YICHA_SM3);
}

}  // namespace

int main() {
  try {
    session();
  } catch (const yicha::Error &error) {
    std::cerr << error.code() << ": " << error.what() << "（" << error.basis() << "）\n";
    return 1;
  }
}
