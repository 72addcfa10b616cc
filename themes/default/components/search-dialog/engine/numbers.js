// Numbers and words as the files carry them: the forms of `src/search/code.rs` and `src/search/shards.rs`.

levelOneSearch("engine/numbers", () => {
  const SINGLE = 80;
  const MORE = 12;

  /** The numbers of a text. */
  const numbers = (text) => {
    const found = [];
    let number = 0;
    let scale = 1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const place = code - 0x21 - (code > 0x22 ? 1 : 0) - (code > 0x5c ? 1 : 0);
      number += place * scale;
      if (place < SINGLE) {
        found.push(number);
        number = 0;
        scale = 1;
      } else scale *= MORE;
    }
    return found;
  };

  /** Words that were each written as what they share with the one before, the rest, and a space. */
  const frontCoded = (text) => {
    const words = [];
    let before = "";
    for (const part of text.split(" ")) {
      if (!part) continue;
      let length = 1;
      while (part.charCodeAt(length - 1) > 0x72) length += 1;
      before = before.slice(0, numbers(part.slice(0, length))[0]) + part.slice(length);
      words.push(before);
    }
    return words;
  };

  return { numbers, frontCoded };
});
