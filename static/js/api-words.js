// Swagger UI has no translations, and leaves some of its fields without a name: both are mended as it draws itself.
"use strict";

(() => {
  const place = document.getElementById("api");
  const WORDS = {
    "Add string item": "添加一项", "Authorize": "填写令牌", "Available authorizations": "可用的身份", "Cancel": "取消",
    "Clear": "清除", "Close": "关闭", "Code": "状态码", "Controls ": "对应请求头 ", " header.": "。", "Description": "说明",
    "Details": "说明", "Download": "下载", "Example Value": "示例", "Execute": "执行", "Headers:": "响应头：", "Links": "链接",
    "Loading...": "正在读取…", "Logout": "清除令牌", "Media type": "格式", "Name": "名称", "No links": "无", "No parameters": "没有参数",
    "Parameters": "参数", "Request URL": "请求地址", "Request duration": "用时", "Response body": "答复内容",
    "Response headers": "响应头", "Responses": "答复", "Schema": "结构", "Server response": "服务器的答复", "Try it out": "试用",
    "Type": "类型", "Value:": "令牌：", "Authorized": "已填写令牌",
  };
  const AS_PRINTED = "pre, code, textarea, select, .parameter__name, .markdown";

  const translate = (text) => {
    const word = WORDS[text.nodeValue];
    if (word && !text.parentElement.closest(AS_PRINTED)) text.nodeValue = word;
  };

  const name = (element, label) => element.setAttribute("aria-label", label);

  const mend = (root) => {
    // The whole line is a button: a link within it cannot be reached, and does the same.
    for (const link of root.querySelectorAll(".opblock-summary-control a[href]")) link.removeAttribute("href");
    for (const row of root.querySelectorAll("tr[data-param-name]")) {
      for (const field of row.querySelectorAll("select, input, textarea")) name(field, row.dataset.paramName);
    }
    for (const button of root.querySelectorAll(".close-modal")) name(button, "关闭");
    for (const button of root.querySelectorAll("button.authorization__btn")) name(button, "填写令牌");
    for (const button of root.querySelectorAll(".opblock-control-arrow")) name(button, "展开或收起");
    for (const code of root.querySelectorAll("pre.microlight")) code.tabIndex = 0;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) translate(texts.currentNode);
  };

  new MutationObserver(() => mend(place)).observe(place, { childList: true, characterData: true, subtree: true });
})();
