// The breathing pacer: starts when asked, and ends by itself. Where the breath is follows from the clock of the device
// alone. After a hidden tab, or a device that slept, it is where the clock says, or at its end; nothing was heard or felt
// meanwhile, and a phase that began unseen is not told late. Another pace, or no hold, begins with the next breath.

(() => {
  /**
   * Counts of each phase, and milliseconds a count.
   * @typedef {{ counts: number[], pace: number }} Breath
   */

  class BreathingPacer extends HTMLElement {
    /** The one that runs or pauses: only one breathes at a time. */
    static #busy;

    /** How high the ridge is at a part of its way, both from 0 to 1: `cubic-bezier(.35, 0, .25, 1)`. */
    static ease(part) {
      let at = 0;
      for (let half = 0.5; half > 1e-5; half /= 2) {
        const next = at + half;
        const rest = 1 - next;
        if (1.05 * next * rest * rest + 0.75 * next * next * rest + next ** 3 <= part) at = next;
      }
      return at * at * (3 - 2 * at);
    }

    /**
     * Where in its breath a moment is; undefined when all breaths are over. `count` is 1 at the first count of a phase,
     * `step` is 0 at the first one of the breath; `across` and `height` go from 0 to 1.
     * @param {Breath[]} breaths
     * @param {number} time in milliseconds since the first breath began
     */
    static at(breaths, time) {
      for (const [breath, { counts, pace }] of breaths.entries()) {
        const total = counts[0] + counts[1] + counts[2];
        const past = time / pace;
        let left = past;
        for (const [phase, length] of counts.entries()) {
          if (left < length) {
            const eased = BreathingPacer.ease(left / length);
            const height = [eased, 1, 1 - eased][phase];
            return { breath, phase, count: Math.floor(left) + 1, step: Math.floor(past), across: past / total, height };
          }
          left -= length;
        }
        time -= total * pace;
      }
    }

    #controller = new AbortController();
    #words = JSON.parse(this.dataset.words);
    #inputs = this.querySelector("fieldset").elements;
    #chosen = { hold: true, pace: 1, sound: false, vibration: false, announce: true };
    /** @type {Breath} As chosen now. */
    #breath;
    /** @type {Breath[]} */
    #breaths = [];
    /** When the first breath began; after a pause, when it would have. */
    #began;
    /** How far it had come when it was paused. */
    #past;
    #frame;
    /** The count that is shown, of all breaths. */
    #shown;
    /** @type {AudioContext | undefined} */
    #audio;

    connectedCallback() {
      const { signal } = this.#controller;
      const on = (target, name, act) => target.addEventListener(name, act, { signal, capture: true });
      on(this, "click", ({ target }) => {
        const to = target.closest("[data-to]")?.dataset.to;
        if (to) this.#go(to);
      });
      on(this, "change", ({ target }) => this.#choose(target));
      on(window, "keydown", ({ key }) => {
        if (key !== "Escape" || !this.#isBusy) return;
        // What lies above the page has the key first; on this form see keys-help.js.
        if (!document.querySelector(":is(dialog:modal, :popover-open)")) this.#go("idle");
      });
      on(window, "pagehide", () => this.#go("idle"));
      on(document, "visibilitychange", () => this.#tune());
      globalThis.levelOneKept.watch(() => this.#recall(), signal);
      this.#inputs.vibration.parentNode.hidden = !navigator.vibrate;
      this.#recall();
      this.#go("idle");
    }

    disconnectedCallback() {
      this.#go("idle");
      this.#controller.abort();
    }

    get #isBusy() {
      return BreathingPacer.#busy === this;
    }

    /** Goes to a state: `idle`, `running`, `paused` or `done`. */
    #go(state) {
      const buttons = this.querySelector(".buttons");
      const hadFocus = buttons.contains(document.activeElement);
      cancelAnimationFrame(this.#frame);
      this.dataset.state = state;
      for (const part of this.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in.includes(state);
      if (hadFocus) buttons.querySelector(":scope > :not([hidden])").focus({ preventScroll: true });
      this.#tune();
      if (state === "running") {
        if (!this.#isBusy) {
          BreathingPacer.#busy?.#go("idle");
          BreathingPacer.#busy = this;
          this.#breaths = Array(+this.dataset.cycles).fill(this.#breath);
          this.#shown = undefined;
        }
        this.#began = Date.now() - (this.#past ?? 0);
        this.#past = undefined;
        return this.#draw();
      }
      if (state === "paused") this.#past = Date.now() - this.#began;
      else {
        this.#rest();
        this.#say(state === "done" ? this.#words.said[3] : "");
      }
    }

    #now() {
      // A clock that was put back does not lead before the start.
      return BreathingPacer.at(this.#breaths, Math.max(0, this.#past ?? Date.now() - this.#began));
    }

    #draw() {
      const now = this.#now();
      if (!now) return this.#go("done");
      this.#frame = requestAnimationFrame(() => this.#draw());
      this.#place(now);
      const { breath, phase, count, step } = now;
      const shown = breath + step / 100;
      if (shown === this.#shown) return;
      this.#shown = shown;
      const { phases, said, of } = this.#words;
      this.#show(this.#breaths[breath], [phases[phase], count, of.replace("{n}", breath + 1)], step);
      if (count > 1) return;
      this.#say(said[phase]);
      this.#cue(phase);
    }

    /** Before and after: nothing moves. */
    #rest() {
      if (this.#isBusy) BreathingPacer.#busy = this.#past = undefined;
      const { idle, changed, done } = this.#words;
      const isDone = this.dataset.state === "done";
      const isUsual = this.#chosen.pace === 1 && String(this.#breath.counts) === this.dataset.rhythm;
      this.#place({ across: 0, height: 0 });
      this.#show(this.#breath, isDone ? done : isUsual ? idle : changed, -1);
    }

    /** The sun and the bead, in units of the drawing. */
    #place({ across, height }) {
      const [sun, bead] = this.querySelectorAll("circle");
      sun.setAttribute("r", 68 + 24 * height);
      bead.setAttribute("cx", 400 * across);
      bead.setAttribute("cy", 222 - 70 * height);
    }

    /** What changes from count to count. */
    #show({ counts }, texts, step) {
      this.toggleAttribute("data-unheld", !counts[1]);
      this.querySelectorAll(".pacer-word *, .of").forEach((part, index) => {
        part.textContent = texts[index];
      });
      this.querySelectorAll(counts[1] ? ".steps i" : ".steps i:not(.hold)").forEach((piece, index) => {
        piece.classList.toggle("full", index <= step);
      });
    }

    /** Tells those who do not see it. */
    #say(text) {
      this.querySelector("[role=status]").textContent = this.#chosen.announce ? text : "";
    }

    /** Sound is made at a press of the reader's own, since browsers allow no other, and silent when nobody looks. */
    #tune() {
      const isHeard = this.#chosen.sound && this.dataset.state === "running" && !document.hidden;
      if (isHeard) this.#audio ??= new AudioContext();
      this.#audio?.[isHeard ? "resume" : "suspend"]();
    }

    /** A buzz, in milliseconds, and a soft tone, in hertz, where they are chosen; in, hold and out have their own. */
    #cue(phase) {
      if (this.#chosen.vibration) navigator.vibrate?.([100, 50, 300][phase]);
      if (!this.#chosen.sound) return;
      const { currentTime: now, destination } = this.#audio;
      const tone = new OscillatorNode(this.#audio, { frequency: [262, 330, 196][phase] });
      const loud = new GainNode(this.#audio, { gain: 0 });
      loud.gain.setTargetAtTime(0.15, now, 0.05);
      loud.gain.setTargetAtTime(0, now + 0.2, 0.25);
      tone.connect(loud).connect(destination);
      tone.start();
      tone.stop(now + 2);
    }

    #choose({ name, checked, value }) {
      if (name in this.#chosen) this.#chosen[name] = name === "pace" ? +value : checked;
      globalThis.levelOneKept.set("pacer", this.#inputs.remember.checked ? this.#chosen : undefined);
      for (const pacer of document.querySelectorAll("breathing-pacer")) pacer.#recall();
    }

    /** Takes over what is kept, as far as it makes sense, and shows what is chosen. */
    #recall() {
      const kept = globalThis.levelOneKept.get("pacer");
      const chosen = this.#chosen;
      const { pace, remember } = this.#inputs;
      for (const name in chosen) if (typeof kept?.[name] === typeof chosen[name]) chosen[name] = kept[name];
      for (const input of this.#inputs) input.checked = chosen[input.name];
      remember.checked = typeof kept?.pace === "number";
      pace.value = chosen.pace;
      // A pace that is not on offer.
      if (!pace.value) pace.value = chosen.pace = 1;

      const [inhale, hold, exhale] = this.dataset.rhythm.split(",").map(Number);
      this.#breath = { counts: [inhale, chosen.hold ? hold : 0, exhale], pace: 1000 * chosen.pace };
      this.#tune();
      if (!this.#isBusy) return this.#rest();
      const now = this.#now();
      if (now) this.#breaths.fill(this.#breath, now.breath + 1);
      if (!chosen.announce) this.#say("");
    }
  }

  customElements.define("breathing-pacer", BreathingPacer);
})();
