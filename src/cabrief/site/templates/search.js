// Looks for words in the entries of this site. The entries are scripts, since a page that is opened from a disk may load nothing else.
"use strict";
(() => {
  const MOST = 100; // hits that are shown
  const PATH = 0, KIND = 1, WORDS = 3, OTHERS = 5; // places in an entry; kind and words have two each, English first
  const form = document.getElementById("search"), input = document.getElementById("words");
  const count = document.getElementById("count"), hits = document.getElementById("hits");
  const second = document.documentElement.lang === "ja" ? 1 : 0;
  const entries = [];

  // Width, case, accents and apostrophes do not count; katakana are read as hiragana.
  const fold = (words) => /^[\x00-\x26\x28-\x5f\x61-\x7f]*$/.test(words) ? words.toLowerCase() : words.normalize("NFKD").toLowerCase()
    .replace(/[\u0300-\u036f'\u2018\u2019\u02bb\u02bc`]/g, "")
    .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

  window.cabriefFound = (found) => {
    for (const entry of found) {
      entries.push({ entry, words: fold(entry.slice(WORDS, OTHERS).join("\n")), all: fold(entry.slice(KIND).join("\n")) });
    }
  };

  const score = (each, terms, whole) => {
    if (!terms.every((term) => each.all.includes(term))) return 0;
    if (each.words.split("\n").includes(whole)) return 4;
    if (each.words.split("\n").some((line) => line.startsWith(whole))) return 3;
    return terms.every((term) => each.words.includes(term)) ? 2 : 1;
  };

  const show = () => {
    const whole = fold(input.value).trim(), terms = whole.split(/\s+/).filter(Boolean);
    const found = terms.length ? entries.map((each) => [score(each, terms, whole), each]).filter(([value]) => value) : [];
    found.sort((one, other) => other[0] - one[0]);
    hits.replaceChildren(...found.slice(0, MOST).map(([, { entry }]) => {
      const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = entry[PATH];
      link.textContent = entry[WORDS + second];
      kind.className = "kind";
      kind.textContent = " " + entry[KIND + second];
      item.append(link, kind);
      return item;
    }));
    const told = !terms.length ? "" : !found.length ? form.dataset.nothing : found.length > MOST ? form.dataset.cut : form.dataset.found;
    count.textContent = told.replace("{n}", found.length).replace("{m}", MOST);
  };

  // All are asked for at once and run in their order; the answer is shown when the last has come.
  const load = (scripts) => {
    let missing = scripts;
    for (let number = 1; number <= scripts; number += 1) {
      const script = document.createElement("script");
      script.async = false;
      script.src = `../search/${number}.js`;
      script.onload = script.onerror = () => {
        missing -= 1;
        if (!missing) show();
      };
      document.head.append(script);
    }
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    history.replaceState(null, "", "#" + encodeURIComponent(input.value));
    show();
  });
  try {
    input.value = decodeURIComponent(location.hash.slice(1));
  } catch {
    input.value = "";
  }
  load(Number(form.dataset.scripts));
})();
