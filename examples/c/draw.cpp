// The draw of draw.c from C++17, with the handles of yicha.hpp.
#include "yicha.hpp"

#include <array>
#include <cstdio>
#include <iostream>
#include <vector>

namespace {

// A demonstration must be repeatable. In earnest each secret comes from the system.
yicha_secret secret(uint8_t seed) {
  yicha_secret out;
  for (uint8_t &byte : out.bytes) byte = seed;
  return out;
}

yicha::Committed roster() {
  std::string ids;
  std::vector<int64_t> offsets{0};
  std::vector<uint16_t> strata, standings;
  for (int i = 0; i < 40; i++) {
    char id[16];
    std::snprintf(id, sizeof id, "t%04d", i);
    ids += id;
    offsets.push_back(static_cast<int64_t>(ids.size()));
    strata.push_back(i % 4 == 0);
    standings.push_back(i == 0);
  }
  const std::array<yicha_str, 2> classes{yicha::str("A"), yicha::str("D")};
  const std::array<yicha_str, 2> states{yicha::str("eligible"), yicha::str("excluded:frequency-cap")};
  yicha_roster_columns columns{};
  columns.struct_size = sizeof columns;
  columns.ids = {sizeof columns.ids, yicha::bytes(ids).data, ids.size(), nullptr, offsets.data(), strata.size()};
  columns.strata = strata.data();
  columns.standings = standings.data();
  columns.stratum_codes = classes.data();
  columns.stratum_count = classes.size();
  columns.standing_codes = states.data();
  columns.standing_count = states.size();
  yicha::Roster rows;
  yicha::Committed committed;
  const yicha_secret key = secret(1);
  yicha::call(yicha_roster_new, &columns, rows.out());
  yicha::call(yicha_roster_commit, rows.taken(), YICHA_SM3, &key, 0u, committed.out());
  return committed;
}

int64_t instant(std::string_view text) {
  int64_t out;
  yicha::call(yicha_instant_parse, yicha::str(text), &out);
  return out;
}

void draw() {
  const yicha_str scheme = yicha::str("411302-2026-0017");
  const yicha::Committed committed = roster();
  yicha_digest root;
  yicha::call(yicha_committed_root, committed.get(), &root);

  yicha::Terms terms;
  yicha::call(yicha_terms_new, YICHA_SM3, scheme, uint64_t{1}, static_cast<const yicha_digest *>(nullptr),
              instant("2026-03-25T01:00:00Z"), instant("2026-03-25T02:00:00Z"), terms.out());
  const std::array<yicha_reveal, 2> reveals{
      yicha_reveal{yicha::str("market"), secret(2)},
      yicha_reveal{yicha::str("fire"), secret(3)},
  };
  for (const yicha_reveal &reveal : reveals) {
    yicha_digest commitment;
    yicha::call(yicha_nonce_commit, YICHA_SM3, scheme, yicha::str("targets"), uint64_t{1}, reveal.department,
                &reveal.nonce, &commitment);
    yicha::call(yicha_terms_contribution, terms.get(), reveal.department, &commitment);
  }
  std::array<yicha_rule, 2> rules{};
  for (size_t i = 0; i < rules.size(); i++) {
    yicha_stratum count;
    yicha::call(yicha_committed_stratum, committed.get(), i, &count);
    rules[i].stratum = count.code;
    rules[i].eligible = count.eligible;
    rules[i].rate = i == 0 ? 500 : 3000;
  }
  yicha::Announcement announcement;
  yicha::call(yicha_announcement_targets, terms.get(), &root, yicha_committed_rows(committed.get()), rules.data(),
              rules.size(), announcement.out());

  yicha::Sealed sealed;
  yicha::call(yicha_sealed_new, announcement.get(), reveals.data(), reveals.size(),
              static_cast<const yicha_bytes *>(nullptr), size_t{0}, sealed.out());
  const std::string seed = yicha::text(yicha_sealed_seed_text, sealed.get());
  yicha::Drawn drawn;
  yicha::call(yicha_sealed_draw, sealed.taken(), committed.get(), 0u, drawn.out());
  yicha::List list;
  yicha::call(yicha_drawn_get_list, drawn.get(), list.out());
  std::cout << yicha::text(yicha_list_to_text, list.get());

  yicha::Slip slip;
  yicha_slip_facts facts;
  yicha::call(yicha_drawn_get_slip, drawn.get(), committed.get(), yicha::str("t0000"), slip.out());
  yicha::call(yicha_slip_check, slip.get(), announcement.get(), yicha::bytes(seed), list.get(), &facts);
  constexpr const char *outcomes[] = {"not drawn", "drawn", "excluded"};
  std::cout << "t0000: " << outcomes[facts.outcome] << "\n";

  yicha::Folder folder;
  yicha::call(yicha_folder_new, folder.out());
  const std::array<std::pair<const char *, std::string>, 3> files{{
      {"announcement-targets.txt", yicha::text(yicha_announcement_to_text, announcement.get())},
      {"seed-targets.txt", seed},
      {"list.txt", yicha::text(yicha_list_to_text, list.get())},
  }};
  for (const auto &[name, text] : files) {
    int32_t known;
    yicha::call(yicha_folder_add, folder.get(), yicha::str(name), yicha::bytes(text), &known);
  }
  yicha::Statement statement;
  yicha::call(yicha_folder_verify, folder.get(), yicha_str{nullptr, 0}, statement.out());
  std::cout << yicha::text(yicha_statement_to_text, statement.get(), YICHA_ZH);
}

}  // namespace

int main() {
  try {
    draw();
  } catch (const yicha::Error &error) {
    std::cerr << error.code() << ": " << error.what() << "（" << error.basis() << "）\n";
    return 1;
  }
}
