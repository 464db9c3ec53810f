// Sending files: dropped or chosen, each by itself with its own progress. Without this file the form sends them together.
(() => {
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-files]");
  const send = form.querySelector("button[type=submit]");
  const most = Number(form.dataset.most);
  let files = [];
  let busy = false;

  const size = (bytes) =>
    bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const say = (text) => {
    document.getElementById("announcer").textContent = text;
  };
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const row = (file) => {
    const bar = element("progress", { className: "job-bar", max: 100, value: 0, hidden: true });
    bar.setAttribute("aria-label", `${file.name} 的上传进度`);
    const state = element("span", { className: "quiet" });
    const remove = element("button", { type: "button", className: "button button-quiet", textContent: "移除" });
    remove.setAttribute("aria-label", `移除 ${file.name}`);
    const entry = { file, bar, state, remove, sent: false };
    remove.addEventListener("click", () => {
      files = files.filter((other) => other !== entry);
      show();
      input.focus();
    });
    entry.item = element(
      "li", {}, element("span", { className: "file-name", textContent: file.name }),
      element("span", { className: "quiet", textContent: size(file.size) }), state, remove, bar,
    );
    return entry;
  };

  const show = () => {
    list.replaceChildren(...files.map((entry) => entry.item));
    list.hidden = !files.length;
  };
  const add = (chosen) => {
    for (const file of chosen) {
      const known = files.some(({ file: { name, size: bytes } }) => name === file.name && bytes === file.size);
      if (!known) files.push(row(file));
    }
    input.value = "";
    show();
    if (files.length) say(`已选 ${files.length} 个文件`);
  };
  const refuse = (entry, problem) => {
    entry.state.className = "field-error";
    entry.state.textContent = problem;
    entry.state.setAttribute("role", "alert");
    entry.bar.hidden = true;
    entry.remove.hidden = false;
  };

  const upload = (entry) =>
    new Promise((resolve) => {
      const data = new FormData(form);
      data.delete("file");
      data.append("file", entry.file);
      data.set("batch", form.dataset.batch);
      const request = new XMLHttpRequest();
      request.open("POST", form.action || location.href);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        entry.bar.value = Math.round((100 * event.loaded) / event.total);
        entry.state.textContent = event.loaded < event.total ? `上传 ${entry.bar.value}%` : "正在保存";
      });
      request.addEventListener("load", () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          const isAway = request.status >= 500;
          const why = isAway ? "服务器暂时连不上。请稍后" : "登录可能已过期。请在另一个窗口重新登录，";
          refuse(entry, `没有上传：${why}再点“上传并预检”。`);
        }
        if (answer && answer.address) {
          entry.sent = true;
          entry.address = answer.address;
          entry.state.textContent = "已上传，排队预检";
        } else if (answer) {
          refuse(entry, answer.problems ? answer.problems.join(" ") : `没有上传：${answer.message}`);
        }
        resolve();
      });
      request.addEventListener("error", () => {
        refuse(entry, "没有上传：连接中断。请再点一次“上传并预检”。");
        resolve();
      });
      entry.state.className = "quiet";
      entry.state.removeAttribute("role");
      entry.bar.hidden = false;
      entry.remove.hidden = true;
      request.send(data);
    });

  const sendAll = async () => {
    busy = true;
    send.disabled = true;
    const tried = new Set(); // files may be added and removed while others are sent
    for (let entry; (entry = files.find((one) => !one.sent && !tried.has(one))); tried.add(entry)) {
      if (!entry.file.size) refuse(entry, "文件是空的，没有可以导入的内容。");
      else if (entry.file.size > most) refuse(entry, "文件超过 50 MB，不能在网页上导入。请分成几个文件，或请系统维护人员用命令导入。");
      else await upload(entry);
    }
    busy = false;
    send.disabled = false;
    const sent = files.filter((entry) => entry.sent);
    if (sent.length && sent.length === files.length) location.assign(sent[0].address);
    else if (sent.length) offer(sent);
  };
  const offer = (sent) => {
    const link = element("a", { href: sent[0].address, textContent: `查看已上传的 ${sent.length} 个文件` });
    list.append(element("li", {}, link));
  };

  form.addEventListener("submit", (event) => {
    if (!files.length) return;
    event.preventDefault();
    if (!busy) sendAll();
  });
  input.addEventListener("change", () => add(input.files));
  drop.classList.add("upload-drop");
  drop.querySelector(".upload-drop-hint").hidden = false;
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  // A file that misses the field would otherwise replace the page.
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
  addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
})();
