"use strict";
// Draws the findings a page at a time. Texts go in as text nodes alone: the page's policy forbids anything else.
(() => {
  const { states, controls, texts, rows } = JSON.parse(document.getElementById("data").textContent);
  const SIZE = 100;
  const get = (id) => document.getElementById(id);
  const body = get("rows").tBodies[0];
  let found = rows;
  let page = 0;

  const cell = (row, text, name) => {
    const made = row.insertCell();
    if (name) made.className = name;
    made.textContent = text;
    return made;
  };

  const draw = () => {
    body.replaceChildren();
    for (const [control, state, resource, region, says] of found.slice(page * SIZE, (page + 1) * SIZE)) {
      const [id, , severity, title] = controls[control];
      const row = body.insertRow();
      if (state) row.className = "unseen-row";
      const level = document.createElement("span");
      level.className = "level " + severity;
      level.textContent = state ? states[state] : severity;
      cell(row, "").append(level);
      const link = document.createElement("a");
      link.href = "#" + id;
      link.title = id;
      link.textContent = title;
      cell(row, "").append(link);
      cell(row, texts[resource] + (texts[resource].startsWith("arn:") ? "" : " " + texts[region]), "arn");
      cell(row, texts[says]);
    }
    const last = Math.max(1, Math.ceil(found.length / SIZE));
    get("page").textContent = "page " + (page + 1) + " of " + last;
    get("back").disabled = page === 0;
    get("next").disabled = page + 1 >= last;
    get("pages").hidden = last === 1;
    get("count").textContent = found.length + " of " + rows.length;
  };

  const filter = () => {
    const practice = get("practice").value;
    const severity = get("severity").value;
    const status = get("status").value;
    const words = get("text").value.toLowerCase();
    found = rows.filter(([control, state, resource, region, says]) => {
      const [id, of, level, title] = controls[control];
      return (!practice || of === practice) && (!severity || level === severity) && (!status || states[state] === status) &&
        (!words || [id, title, texts[resource], texts[region], texts[says]].some((text) => text.toLowerCase().includes(words)));
    });
    page = 0;
    draw();
  };

  const turn = (by) => {
    page += by;
    draw();
    get("findings").scrollIntoView();
  };

  for (const practice of new Set(controls.map(([, of]) => of))) {
    const option = document.createElement("option");
    option.textContent = practice;
    option.value = practice;
    get("practice").append(option);
  }
  const open = () => {
    const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (aim instanceof HTMLDetailsElement) aim.open = true;
  };
  get("filters").hidden = false;
  const more = get("more");
  if (more) more.hidden = true;
  get("filters").addEventListener("input", filter);
  get("filters").addEventListener("submit", (event) => event.preventDefault());
  get("back").addEventListener("click", () => turn(-1));
  get("next").addEventListener("click", () => turn(1));
  addEventListener("hashchange", open);
  open();
  draw();
})();
