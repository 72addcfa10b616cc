// A small guide in a folder of its own, and `level-one serve` on it.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const program = resolve(import.meta.dirname, "../../../target/release/level-one");

/** A guide with a few long lessons. */
export class Guide {
  #folder = mkdtempSync(join(tmpdir(), "level-one-guide-"));
  #server;

  constructor() {
    this.write("content/lessons/first.md", lesson("First", "Text."));
    this.write("content/lessons/second.md", lesson("Second", "Text."));
  }

  /** Writes a file. */
  write(path, text) {
    const full = join(this.#folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }

  /** Starts `serve`, and gives the address of the site. */
  async serve(port = 0) {
    const server = spawn(program, ["serve", "--port", String(port), this.#folder]);
    this.#server = server;
    let said = "";
    return new Promise((found, failed) => {
      server.on("error", failed);
      server.on("exit", () => failed(new Error(`serve has ended: ${said}`)));
      for (const stream of [server.stdout, server.stderr]) {
        stream.setEncoding("utf8").on("data", (text) => {
          said += text;
          const address = /http:\/\/\S+\//.exec(said);
          if (address) found(address[0]);
        });
      }
    });
  }

  /** Ends the server; the guide stays. */
  async stop() {
    const server = this.#server;
    if (!server || server.exitCode !== null) return;
    server.removeAllListeners("exit");
    const ended = new Promise((done) => server.on("exit", done));
    server.kill("SIGKILL");
    await ended;
  }

  /** Ends the server, and removes the guide. */
  async close() {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A lesson long enough to scroll, with a part that opens. */
export function lesson(title, text) {
  const quiz =
    "```quiz\nquestion: Why?\noptions:\n  - { text: A, correct: yes, because: Yes. }\n  - { text: B, because: No. }\n```";
  const long = Array.from({ length: 60 }, (_, number) => `Paragraph ${number} of a long text.`).join("\n\n");
  return `---\ntitle: ${title}\n---\n## One\n\n${text}\n\n${quiz}\n\n${long}\n`;
}
