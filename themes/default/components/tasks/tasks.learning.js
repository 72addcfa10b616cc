// Boxes in a lesson's text that stay ticked. They are remembered by their words, so a list may be put in another order.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;

  /** The longest text that a box is remembered by. Longer names are not read. */
  const LONGEST = 490;

  /** The boxes by what they are remembered by: their text, with a number for each that has it again. */
  const boxes = new Map();
  for (const box of document.querySelectorAll(".tasks > li > label > input")) {
    const text = box.parentElement.textContent.replace(/\s+/g, " ").trim().slice(0, LONGEST);
    let name = text;
    for (let number = 2; boxes.has(name); number++) name = `${text} ${number}`;
    boxes.set(name, box);
  }
  if (boxes.size === 0) return;

  /** Whether something could not be kept: from then on the page goes by itself. */
  let isAlone = false;

  const show = () => {
    if (isAlone) return;
    const { tasks } = learning.lesson(learning.here.slug, learning.here.was);
    for (const [name, box] of boxes) {
      box.checked = tasks && Object.hasOwn(tasks, name) ? tasks[name] : box.defaultChecked;
    }
  };

  /** Says once that nothing is kept. */
  const warn = (box) => {
    isAlone = true;
    const said = document.createElement("p");
    said.className = "small";
    said.setAttribute("role", "status");
    box.closest(".tasks").after(said);
    // What is said comes after its place, or it is not heard.
    setTimeout(() => {
      said.textContent = document.querySelector("[data-refused]").dataset.refused;
    });
  };

  for (const [name, box] of boxes) {
    box.addEventListener("change", () => {
      const isKept = learning.changeHere((own) => {
        own.tasks = { ...own.tasks, [name]: box.checked };
        if (box.checked === box.defaultChecked) delete own.tasks[name];
      });
      if (!isKept && !isAlone) warn(box);
    });
  }

  show();
  kept.watch(show);
})();
