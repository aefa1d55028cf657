"use strict";
/* Saves each text as one goes, says how that went, and keeps the preview up to date. A save over a newer one is
   refused by the server; the difference is shown and the writer chooses. Nothing typed is lost. */
{
  const gettext = window.gettext || ((text) => text);
  let token = document.querySelector("[name=csrfmiddlewaretoken]").value;  // deferred, and before the editor's own script
  const renewToken = async () => {  // signing in anew makes a new one; true when somebody is signed in
    const answer = await fetch(window.location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    token = page.querySelector("[name=csrfmiddlewaretoken]")?.value || token;
    return Boolean(page.getElementById("writing") || page.querySelector("[data-editor]"));
  };
  const preview = document.getElementById("preview");
  let previewTimer;

  const refreshPreview = () => {
    if (!preview) return;
    clearTimeout(previewTimer);
    previewTimer = setTimeout(async () => {
      const response = await fetch(preview.dataset.fragment).catch(() => null);
      if (!response?.ok) return;
      const at = preview.scrollTop;
      preview.innerHTML = await response.text();
      preview.scrollTop = at;
    }, 300);
  };

  class Autosave {
    constructor(box, editor, textarea) {
      Object.assign(this, { box, editor, textarea, timer: null, saving: false, again: false, saved: textarea.value });
      this.state = box.querySelector("[data-state]");
      this.problem = box.querySelector("[data-problem]");
      editor.on("update", () => this.changed());
      editor.on("blur", () => { if (this.dirty) this.save(); });
    }
    get dirty() { return this.textarea.value !== this.saved; }
    changed() {
      this.state.textContent = gettext("Not saved yet");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), 1200);
    }
    async save() {
      clearTimeout(this.timer);
      if (this.stale) return;
      if (this.saving) { this.again = true; return; }
      this.saving = true;
      const text = this.textarea.value;
      let response = null, answer = {};
      try {
        response = await fetch(this.box.dataset.url, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token },
          body: JSON.stringify({ text, version: Number(this.box.dataset.version) }),
        });
        const ours = response.headers.get("Content-Type")?.startsWith("application/json");
        if (!ours && (response.redirected || response.status === 403)) {
          if (response.status === 403 && !this.renewed && await renewToken()) { this.renewed = true; this.saving = false; return this.save(); }
          response = null;
          answer = { error: gettext("You are signed out, so this could not be saved. Your text stays here: sign in in another window; it is then saved by itself.") };
          this.timer = setTimeout(async () => { this.renewed = !await renewToken(); this.save(); }, 10000);
        } else {
          answer = await response.json();
          this.renewed = false;
        }
      } catch {
        answer = { error: gettext("This could not be saved: there is no answer. It is tried again in a few seconds; your text stays here.") };
        this.timer = setTimeout(() => this.save(), 5000);
      }
      this.saving = false;
      if (response?.ok) {
        this.box.dataset.version = answer.version;
        this.saved = text;
        this.problem.hidden = true;
        this.state.textContent = `${gettext("Saved")} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`;
        refreshPreview();
      } else if (response?.status === 409) {
        this.conflict(answer);
      } else {
        this.tell(answer.error);
      }
      if (this.again) { this.again = false; if (this.dirty && response?.ok) this.save(); }
    }
    tell(message) {
      this.state.textContent = gettext("Not saved");
      this.problem.replaceChildren(Object.assign(document.createElement("p"), { textContent: message }));
      this.problem.hidden = false;
    }
    conflict(answer) {
      this.stale = true;
      this.tell(answer.error);
      const difference = Object.assign(document.createElement("div"), { className: "editor__difference", innerHTML: answer.difference });
      const explain = Object.assign(document.createElement("p"), { textContent: gettext("What goes with your text is struck through; what it adds is marked.") });
      const mine = this.button(gettext("Keep my text"), () => { this.box.dataset.version = answer.version; this.done(); this.save(); });
      const theirs = this.button(gettext("Take the stored text"), () => {
        this.box.dataset.version = answer.version;
        this.editor.commands.setContent(answer.stored, { emitUpdate: false });
        this.textarea.value = answer.stored;
        this.saved = answer.stored;
        this.done();
        this.state.textContent = gettext("The stored text stands here now");
        refreshPreview();
      });
      this.problem.append(explain, difference, mine, " ", theirs);
    }
    button(label, act) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "utrecht-button utrecht-button--secondary-action", textContent: label });
      button.addEventListener("click", act);
      return button;
    }
    done() { this.stale = false; this.problem.hidden = true; this.editor.commands.focus(); }
  }

  const saves = [];
  document.addEventListener("prose-editor:ready", (event) => {
    const box = event.target.closest("[data-editor]");
    if (box) saves.push(new Autosave(box, event.detail.editor, event.detail.textarea));
  });
  window.addEventListener("beforeunload", (event) => {
    if (saves.some((save) => save.dirty)) { saves.forEach((save) => { if (save.dirty) save.save(); }); event.preventDefault(); }
  });
}
