-- What the first state of the program that could import and show stored for a few made-up projects, as it wrote it
-- (pg_dump --data-only --column-inserts): never to be changed.

INSERT INTO public.imports_sourcedocument (id, name, sha256, size, encoding, layout, line_count, created_at) VALUES
	(1, 'forms.txt', '87ba8b6246f15d66fb439428e2264db849bc6d210fd6d347fdac3ad0ca0ea9c0', 3035, 'utf-8', 'target_form', 55, '2026-11-23 02:22:58.711607+08'),
	(2, 'list.txt', 'c8dff22bc4387f263ef6e9498abfdda54bea3c66c6dad17766149a6a720da4ea', 588, 'utf-8', 'key_project_list', 20, '2026-11-23 02:22:59.097869+08');

INSERT INTO public.perfgoals_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, is_demo) VALUES
	(1, '!EpSRQqCwr8GkwWtn4Lee3DWAFWi1AmSTWssVUcfn', NULL, true, 'oldest', '', '', '', true, true, '2026-11-23 02:23:03.962742+08', false),
	(2, '!dqMZhfMybOmkX8xOj6sDahfYX5Wau0slkFvM8WeS', NULL, false, 'clerk', '', '', '', false, true, '2026-11-23 02:23:04.785764+08', false);

INSERT INTO public.imports_importrun (id, file_name, layout, options, started_at, finished_at, found, created, changed, unchanged, duplicates, conflicts, unclaimed, total, declared_total, report, by_id, document_id) VALUES
	(1, 'forms.txt', 'target_form', '{"layout": null, "dry_run": false, "defaults": {"unit": null, "year": null, "region_code": null, "region_name": null}, "take_source": false}', '2026-11-23 02:22:58.481082+08', '2026-11-23 02:22:59.041147+08', 2, 2, 0, 0, 0, 0, 0, 500000.00, NULL, '{"run": 1, "file": "forms.txt", "total": "500000.00", "units": ["元"], "years": [2025], "counts": {"found": 2, "changed": 0, "created": 2, "conflicts": 0, "unchanged": 0, "unclaimed": 0, "duplicates": 0}, "layout": "target_form", "sha256": "87ba8b6246f15d66fb439428e2264db849bc6d210fd6d347fdac3ad0ca0ea9c0", "changes": [], "dry_run": false, "notices": [{"kind": "sources_differ", "line": 37, "message": "实施期各项资金来源合计150,000.00元，与总额200,000.00元不一致"}, {"kind": "sources_differ", "line": 37, "message": "年度各项资金来源合计150,000.00元，与总额200,000.00元不一致"}], "regions": ["长治市上党区"], "encoding": "utf-8", "conflicts": [], "unclaimed": [], "difference": null, "duplicates": [], "indicators": 18, "reconciles": false, "rows_total": "500000.00", "layout_title": "项目支出绩效目标表", "declared_line": null, "declared_total": null, "funding_checks": {"failed": [{"sum": "150000.00", "line": 30, "scope": "period", "total": "200000.00", "project": "校门改造"}, {"sum": "150000.00", "line": 30, "scope": "annual", "total": "200000.00", "project": "校门改造"}], "checked": 4}, "department_hints": []}', NULL, 1),
	(2, 'list.txt', 'key_project_list', '{"layout": null, "dry_run": false, "defaults": {"unit": null, "year": null, "region_code": null, "region_name": null}, "take_source": false}', '2026-11-23 02:22:59.077269+08', '2026-11-23 02:22:59.324367+08', 2, 2, 0, 0, 0, 0, 0, 31205000.00, 31205000.00, '{"run": 2, "file": "list.txt", "total": "31205000.00", "units": ["万元"], "years": [2024], "counts": {"found": 2, "changed": 0, "created": 2, "conflicts": 0, "unchanged": 0, "unclaimed": 0, "duplicates": 0}, "layout": "key_project_list", "sha256": "c8dff22bc4387f263ef6e9498abfdda54bea3c66c6dad17766149a6a720da4ea", "changes": [], "dry_run": false, "notices": [], "regions": ["长治市"], "encoding": "utf-8", "conflicts": [], "unclaimed": [], "difference": "0.00", "duplicates": [], "indicators": 0, "reconciles": true, "rows_total": "31205000.00", "layout_title": "重点项目绩效目标清单", "declared_line": 6, "declared_total": "31205000.00", "funding_checks": {"failed": [], "checked": 0}, "department_hints": []}', NULL, 2);

INSERT INTO public.imports_sourcecontent (document_id, data) VALUES
	(1, '\xe4b88ae5859ae58cbae58ebf28e58cba29e7baa7e9a284e7ae97e983a8e997a8efbc88e58d95e4bd8defbc89e9a1b9e79baee694afe587bae7bba9e69588e79baee6a087e8a1a80a0a2832303235e5b9b4e5baa6290a0ae9a1b9e79baee5908de7a7b00909e69599e5aea4e694b9e980a009090909090ae4b8bbe7aea1e983a8e997a8e58f8ae4bba3e7a08109093330312de995bfe6b2bbe5b882e4b88ae5859ae58cbae69599e882b2e5b1800909e5ae9ee696bde58d95e4bd8d0909e995bfe6b2bbe5b882e4b88ae5859ae58cbae69599e882b2e5b180090ae9a1b9e79baee5b19ee680a70909e4b880e6aca1e680a7e9a1b9e79baeefbc8831e5b9b4e7bb93e69d9fefbc890909e9a1b9e79baee69c9f090931e5b9b4090ae9a1b9e79baee8b584e98791efbc88e58583efbc890909e5ae9ee696bde69c9fe8b584e98791e680bbe9a29defbc9a093330302c30303009e5b9b4e5baa6e8b584e98791e680bbe9a29defbc9a093330302c30303009090a0909e585b6e4b8adefbc9ae4b8ade5a4aee8b4a2e694bfe8b584e98791093009e585b6e4b8adefbc9ae4b8ade5a4aee8b4a2e694bfe8b584e98791093009090a0909e79c81e7baa7e8b4a2e694bfe8b584e98791093009e79c81e7baa7e8b4a2e694bfe8b584e98791093009090a0909e5b882e58ebfefbc88e58cbaefbc89e8b4a2e694bfe8b584e98791093330302c30303009e5b882e58ebfefbc88e58cbaefbc89e8b4a2e694bfe8b584e98791093330302c30303009090a0909e58d95e4bd8de887aae7adb9093009e58d95e4bd8de887aae7adb9093009090a0909e585b6e4bb96e8b584e987910909e585b6e4bb96e8b584e987910909090ae9a1b9e79baee6a682e586b50909e694b9e980a0e58d81e4ba8ce997b4e69599e5aea4e3808209090909090ae7ab8be9a1b9e4be9de68dae0909e58cbae694bfe5ba9ce5b8b8e58aa1e4bc9ae8aeaee7baaae8a681e3809432303234e3809538e6aca109090909090ae9a1b9e79baee8aebee7ab8be5bf85e8a681e680a70909e69599e5aea4e5b9b4e4b985e5a4b1e4bfaee3808209090909090ae4bf9de8af81e9a1b9e79baee5ae9ee696bde79a84e588b6e5baa6e38081e68eaae696bd0909e68c89e59088e5908ce7aea1e79086e3808209090909090ae9a1b9e79baee5ae9ee696bde8aea1e588920909e69a91e69c9fe696bde5b7a5e3808209090909090ae5ae9ee696bde69c9fe79baee6a08709090909e5b9b4e5baa6e79baee6a0870909090ae680bbe4bd93e79baee6a08709e69599e5aea4e694b9e980a0e5ae8ce68890e38082090909e69599e5aea4e694b9e980a0e5ae8ce68890e380820909090ae7bba9e69588e68c87e6a08709e4b880e7baa7e68c87e6a08709e4ba8ce7baa7e68c87e6a08709e4b889e7baa7e68c87e6a08709e68c87e6a087e580bc09e4ba8ce7baa7e68c87e6a08709e4b889e7baa7e68c87e6a08709e68c87e6a087e580bc0a09e4baa7e587bae68c87e6a08709e695b0e9878fe68c87e6a08709e694b9e980a0e69599e5aea409e289a53132e997b409e695b0e9878fe68c87e6a08709e694b9e980a0e69599e5aea409e289a53132e997b40a0909e8b4a8e9878fe68c87e6a08709e9aa8ce694b6e59088e6a0bce78e87093130302509e8b4a8e9878fe68c87e6a08709e9aa8ce694b6e59088e6a0bce78e8709313030250a0909e697b6e69588e68c87e6a08709e5ae8ce5b7a5e697b6e997b40932303235e5b9b439e69c8809e697b6e69588e68c87e6a08709e5ae8ce5b7a5e697b6e997b40932303235e5b9b439e69c880a0909e68890e69cace68c87e6a08709e694b9e980a0e8b4b9e794a809e289a43330e4b887e5858309e68890e69cace68c87e6a08709e694b9e980a0e8b4b9e794a809e289a43330e4b887e585830a09e69588e79b8ae68c87e6a08709e7a4bee4bc9ae69588e79b8a09e69599e5ada6e69da1e4bbb609e694b9e5968409e7a4bee4bc9ae69588e79b8a09e69599e5ada6e69da1e4bbb609e694b9e596840a09e6bba1e6848fe5baa6e68c87e6a08709e69c8de58aa1e5afb9e8b1a1e6bba1e6848fe5baa609e5b888e7949fe6bba1e6848fe5baa609e289a539352509e69c8de58aa1e5afb9e8b1a1e6bba1e6848fe5baa609e5b888e7949fe6bba1e6848fe5baa609e289a53935250ae8b49fe8b4a3e4babaefbc9a0909e7bb8fe58a9ee4babaefbc9a0909e88194e7b3bbe794b5e8af9defbc9a0909e5a1abe68aa5e697a5e69c9fefbc9a0932303234313231373039303730390a0ae4b88ae5859ae58cbae58ebf28e58cba29e7baa7e9a284e7ae97e983a8e997a8efbc88e58d95e4bd8defbc89e9a1b9e79baee694afe587bae7bba9e69588e79baee6a087e8a1a80a0a2832303235e5b9b4e5baa6290a0ae9a1b9e79baee5908de7a7b00909e6a0a1e997a8e694b9e980a009090909090ae4b8bbe7aea1e983a8e997a8e58f8ae4bba3e7a08109093330312de995bfe6b2bbe5b882e4b88ae5859ae58cbae69599e882b2e5b1800909e5ae9ee696bde58d95e4bd8d0909e995bfe6b2bbe5b882e4b88ae5859ae58cbae69599e882b2e5b180090ae9a1b9e79baee5b19ee680a70909e4b880e6aca1e680a7e9a1b9e79baeefbc8831e5b9b4e7bb93e69d9fefbc890909e9a1b9e79baee69c9f090931e5b9b4090ae9a1b9e79baee8b584e98791efbc88e58583efbc890909e5ae9ee696bde69c9fe8b584e98791e680bbe9a29defbc9a093230302c30303009e5b9b4e5baa6e8b584e98791e680bbe9a29defbc9a093230302c30303009090a0909e585b6e4b8adefbc9ae4b8ade5a4aee8b4a2e694bfe8b584e98791093009e585b6e4b8adefbc9ae4b8ade5a4aee8b4a2e694bfe8b584e98791093009090a0909e79c81e7baa7e8b4a2e694bfe8b584e98791093009e79c81e7baa7e8b4a2e694bfe8b584e98791093009090a0909e5b882e58ebfefbc88e58cbaefbc89e8b4a2e694bfe8b584e98791093135302c30303009e5b882e58ebfefbc88e58cbaefbc89e8b4a2e694bfe8b584e98791093135302c30303009090a0909e58d95e4bd8de887aae7adb9093009e58d95e4bd8de887aae7adb9093009090a0909e585b6e4bb96e8b584e987910909e585b6e4bb96e8b584e987910909090ae9a1b9e79baee6a682e586b50909e694b9e980a0e58d81e4ba8ce997b4e69599e5aea4e3808209090909090ae7ab8be9a1b9e4be9de68dae0909e58cbae694bfe5ba9ce5b8b8e58aa1e4bc9ae8aeaee7baaae8a681e3809432303234e3809538e6aca109090909090ae9a1b9e79baee8aebee7ab8be5bf85e8a681e680a70909e69599e5aea4e5b9b4e4b985e5a4b1e4bfaee3808209090909090ae4bf9de8af81e9a1b9e79baee5ae9ee696bde79a84e588b6e5baa6e38081e68eaae696bd0909e68c89e59088e5908ce7aea1e79086e3808209090909090ae9a1b9e79baee5ae9ee696bde8aea1e588920909e69a91e69c9fe696bde5b7a5e3808209090909090ae5ae9ee696bde69c9fe79baee6a08709090909e5b9b4e5baa6e79baee6a0870909090ae680bbe4bd93e79baee6a08709e69599e5aea4e694b9e980a0e5ae8ce68890e38082090909e69599e5aea4e694b9e980a0e5ae8ce68890e380820909090ae7bba9e69588e68c87e6a08709e4b880e7baa7e68c87e6a08709e4ba8ce7baa7e68c87e6a08709e4b889e7baa7e68c87e6a08709e68c87e6a087e580bc09e4ba8ce7baa7e68c87e6a08709e4b889e7baa7e68c87e6a08709e68c87e6a087e580bc0a09e4baa7e587bae68c87e6a08709e695b0e9878fe68c87e6a08709e694b9e980a0e69599e5aea409e289a53132e997b409e695b0e9878fe68c87e6a08709e694b9e980a0e69599e5aea409e289a53132e997b40a0909e8b4a8e9878fe68c87e6a08709e9aa8ce694b6e59088e6a0bce78e87093130302509e8b4a8e9878fe68c87e6a08709e9aa8ce694b6e59088e6a0bce78e8709313030250a09e4baa7e587bae68c87e6a08709e697b6e69588e68c87e6a08709e5ae8ce5b7a5e697b6e997b409e68c89e69c9f09e697b6e69588e68c87e6a08709e5ae8ce5b7a5e697b6e997b409e68c89e69c9f0ae8b49fe8b4a3e4babaefbc9a0909e7bb8fe58a9ee4babaefbc9a0909e88194e7b3bbe794b5e8af9defbc9a0909e5a1abe68aa5e697a5e69c9fefbc9a0932303234313231383038303830380a0a'),
	(2, '\xe995bfe6b2bbe5b88232303234e5b9b4e5b882e69cace7baa7e9878de5a4a7e694bfe7ad96e9878de782b9e9a1b9e79baee7bba9e69588e79baee6a0870ae58d95e4bd8defbc9ae4b887e585830a0ae5ba8fe58fb720e9a1b920202020e79bae20e9a284e7ae97e5ae89e68e92e695b020e983a8e997a8e58d95e4bd8d20e694bfe7ad96e4be9de68daee58f8ae694afe587bae58685e5aeb920e7bba9e69588e79baee6a0870a0ae59088202020e8aea120333132302e35300a0a3120e98193e8b7afe585bbe68aa4203132302e353020e5b882e4baa4e9809ae5b1800a0ae694bfe7ad96e4be9de68daeefbc9ae5b882e694bfe5ba9ce4bc9ae8aeaee7baaae8a681e3809432303234e3809531e6aca1e380820ae694afe587bae58685e5aeb9efbc9ae794a8e4ba8ee98193e8b7afe585bbe68aa4e59084e9a1b9e5bc80e694afefbc8ce68c89e8bf9be5baa6e68ba8e4bb98e7bb99e696bde5b7a5e58d95e4bd8de380820a0ae68c89e69c9fe5ae8ce68890e98193e8b7afe585bbe68aa4e380820a0a3220e4be9be783ade8a1a5e8b4b4203330303020e5b882e4bd8fe5bbbae5b1800a0ae694bfe7ad96e4be9de68daeefbc9ae5b882e694bfe5ba9ce4bc9ae8aeaee7baaae8a681e3809432303234e3809532e6aca1e380820ae694afe587bae58685e5aeb9efbc9ae794a8e4ba8ee4be9be783ade8a1a5e8b4b4e59084e9a1b9e5bc80e694afefbc8ce68c89e8bf9be5baa6e68ba8e4bb98e7bb99e696bde5b7a5e58d95e4bd8de380820a0ae68c89e69c9fe5ae8ce68890e4be9be783ade8a1a5e8b4b4e380820a');

INSERT INTO public.projects_region (code, name, short_name, parent_id) VALUES
	('140000', '山西省', '山西省', NULL),
	('140400', '长治市', '长治市', '140000'),
	('140404', '长治市上党区', '上党区', '140400');

INSERT INTO public.projects_department (id, name, code, region_id) VALUES
	(1, '长治市上党区教育局', '301', '140404'),
	(2, '市交通局', NULL, '140400'),
	(3, '市住建局', NULL, '140400');

INSERT INTO public.projects_project (id, year, serial, name, department_printed, department_code, section, implementing_unit, attribute, duration, amount, amount_printed, period_amount, period_amount_printed, has_funding_table, printed_unit, basis, content, overview, necessity, safeguards, plan, contact_lead, contact_handler, contact_phone, filed_at, created_at, updated_at, department_id, region_id) VALUES
	(1, 2025, NULL, '教室改造', '长治市上党区教育局', '301', '', '长治市上党区教育局', '一次性项目（1年结束）', '1年', 300000.00, '300,000', 300000.00, '300,000', true, '元', '区政府常务会议纪要〔2024〕8次', NULL, '改造十二间教室。', '教室年久失修。', '按合同管理。', '暑期施工。', '', '', '', '2024-12-17 09:07:09+08', '2026-11-23 02:22:58.992369+08', '2026-11-23 02:22:58.992369+08', 1, '140404'),
	(3, 2024, 1, '道路养护', '市交通局', NULL, '', NULL, NULL, NULL, 1205000.00, '120.50', NULL, NULL, false, '万元', '市政府会议纪要〔2024〕1次。', '用于道路养护各项开支，按进度拨付给施工单位。', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-23 02:22:59.280067+08', '2026-11-23 02:22:59.280067+08', 2, '140400'),
	(4, 2024, 2, '供热补贴', '市住建局', NULL, '', NULL, NULL, NULL, 30000000.00, '3000', NULL, NULL, false, '万元', '市政府会议纪要〔2024〕2次。', '用于供热补贴各项开支，按进度拨付给施工单位。', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-23 02:22:59.280067+08', '2026-11-23 02:22:59.280067+08', 3, '140400'),
	(2, 2025, NULL, '校门改造', '长治市上党区教育局', '301', '', '长治市上党区教育局', '一次性项目（1年结束）', '1年', 200000.00, '200,000', 200000.00, '200,000', true, '元', '人改过的依据', NULL, '改造十二间教室。', '教室年久失修。', '按合同管理。', '暑期施工。', '', '', '', '2024-12-18 08:08:08+08', '2026-11-23 02:22:58.992369+08', '2026-11-23 02:22:58.992369+08', 1, '140404');

INSERT INTO public.imports_sourcerecord (id, first_line, last_line, lines, outcome, is_current, identity, draft, document_id, project_id, run_id) VALUES
	(1, 1, 28, '[[1, 28]]', 'created', true, 'd386bba7ebed6fda69a0ac8bfbc9b098771e5e80a7b18d67fb99b2ecb280f7fd', '{"name": "教室改造", "plan": "暑期施工。", "year": 2025, "basis": "区政府常务会议纪要〔2024〕8次", "lines": [], "amount": ["300000.00", "300,000"], "serial": null, "content": null, "funding": {"annual": {"total": ["300000.00", "300,000"], "sources": {"local": ["300000.00", "300,000"], "other": [null, ""], "central": ["0.00", "0"], "provincial": ["0.00", "0"], "self_raised": ["0.00", "0"]}}, "period": {"total": ["300000.00", "300,000"], "sources": {"local": ["300000.00", "300,000"], "other": [null, ""], "central": ["0.00", "0"], "provincial": ["0.00", "0"], "self_raised": ["0.00", "0"]}}}, "duration": "1年", "filed_at": "2024-12-17T09:07:09", "overview": "改造十二间教室。", "attribute": "一次性项目（1年结束）", "last_line": 28, "necessity": "教室年久失修。", "first_line": 1, "indicators": [["period", "产出指标", "数量指标", "output.quantity", "改造教室", "≥12间", ">=", "12", "间"], ["annual", "产出指标", "数量指标", "output.quantity", "改造教室", "≥12间", ">=", "12", "间"], ["period", "产出指标", "质量指标", "output.quality", "验收合格率", "100%", null, "100", "%"], ["annual", "产出指标", "质量指标", "output.quality", "验收合格率", "100%", null, "100", "%"], ["period", "产出指标", "时效指标", "output.timeliness", "完工时间", "2025年9月", null, null, null], ["annual", "产出指标", "时效指标", "output.timeliness", "完工时间", "2025年9月", null, null, null], ["period", "产出指标", "成本指标", "output.cost", "改造费用", "≤30万元", "<=", "30", "万元"], ["annual", "产出指标", "成本指标", "output.cost", "改造费用", "≤30万元", "<=", "30", "万元"], ["period", "效益指标", "社会效益", "benefit.social", "教学条件", "改善", null, null, null], ["annual", "效益指标", "社会效益", "benefit.social", "教学条件", "改善", null, null, null], ["period", "满意度指标", "服务对象满意度", "satisfaction.served", "师生满意度", "≥95%", ">=", "95", "%"], ["annual", "满意度指标", "服务对象满意度", "satisfaction.served", "师生满意度", "≥95%", ">=", "95", "%"]], "safeguards": "按合同管理。", "goal_annual": "教室改造完成。", "goal_period": "教室改造完成。", "region_code": "140404", "region_name": "长治市上党区", "contact_lead": "", "printed_unit": "元", "contact_phone": "", "source_sha256": null, "contact_handler": "", "department_body": null, "department_code": "301", "department_name": "长治市上党区教育局", "source_document": null, "implementing_unit": "长治市上党区教育局"}', 1, 1, 1),
	(2, 30, 54, '[[30, 54]]', 'created', true, 'd485eaa72fa442abf431cbaf19aa511c7f7731640d298b481281ea8587c9ad5b', '{"name": "校门改造", "plan": "暑期施工。", "year": 2025, "basis": "区政府常务会议纪要〔2024〕8次", "lines": [], "amount": ["200000.00", "200,000"], "serial": null, "content": null, "funding": {"annual": {"total": ["200000.00", "200,000"], "sources": {"local": ["150000.00", "150,000"], "other": [null, ""], "central": ["0.00", "0"], "provincial": ["0.00", "0"], "self_raised": ["0.00", "0"]}}, "period": {"total": ["200000.00", "200,000"], "sources": {"local": ["150000.00", "150,000"], "other": [null, ""], "central": ["0.00", "0"], "provincial": ["0.00", "0"], "self_raised": ["0.00", "0"]}}}, "duration": "1年", "filed_at": "2024-12-18T08:08:08", "overview": "改造十二间教室。", "attribute": "一次性项目（1年结束）", "last_line": 54, "necessity": "教室年久失修。", "first_line": 30, "indicators": [["period", "产出指标", "数量指标", "output.quantity", "改造教室", "≥12间", ">=", "12", "间"], ["annual", "产出指标", "数量指标", "output.quantity", "改造教室", "≥12间", ">=", "12", "间"], ["period", "产出指标", "质量指标", "output.quality", "验收合格率", "100%", null, "100", "%"], ["annual", "产出指标", "质量指标", "output.quality", "验收合格率", "100%", null, "100", "%"], ["period", "产出指标", "时效指标", "output.timeliness", "完工时间", "按期", null, null, null], ["annual", "产出指标", "时效指标", "output.timeliness", "完工时间", "按期", null, null, null]], "safeguards": "按合同管理。", "goal_annual": "教室改造完成。", "goal_period": "教室改造完成。", "region_code": "140404", "region_name": "长治市上党区", "contact_lead": "", "printed_unit": "元", "contact_phone": "", "source_sha256": null, "contact_handler": "", "department_body": null, "department_code": "301", "department_name": "长治市上党区教育局", "source_document": null, "implementing_unit": "长治市上党区教育局"}', 1, 2, 1),
	(3, 8, 13, '[[8, 13]]', 'created', true, '5b1e96f894bd3875f04f0b3bf3ad2409e6cf1d2e6c063c1fd4c040b3dda1e76d', '{"name": "道路养护", "plan": null, "year": 2024, "basis": "市政府会议纪要〔2024〕1次。", "lines": [], "amount": ["1205000.00", "120.50"], "serial": 1, "content": "用于道路养护各项开支，按进度拨付给施工单位。", "funding": null, "duration": null, "filed_at": null, "overview": null, "attribute": null, "last_line": 13, "necessity": null, "first_line": 8, "indicators": [], "safeguards": null, "goal_annual": "按期完成道路养护。", "goal_period": null, "region_code": "140400", "region_name": "长治市", "contact_lead": null, "printed_unit": "万元", "contact_phone": null, "source_sha256": null, "contact_handler": null, "department_body": null, "department_code": null, "department_name": "市交通局", "source_document": null, "implementing_unit": null}', 2, 3, 2),
	(4, 15, 20, '[[15, 20]]', 'created', true, 'cee329e9b525d1e9e5b5c502bd120a2145fcff040ca08e5edd05b9fadca7c1d7', '{"name": "供热补贴", "plan": null, "year": 2024, "basis": "市政府会议纪要〔2024〕2次。", "lines": [], "amount": ["30000000.00", "3000"], "serial": 2, "content": "用于供热补贴各项开支，按进度拨付给施工单位。", "funding": null, "duration": null, "filed_at": null, "overview": null, "attribute": null, "last_line": 20, "necessity": null, "first_line": 15, "indicators": [], "safeguards": null, "goal_annual": "按期完成供热补贴。", "goal_period": null, "region_code": "140400", "region_name": "长治市", "contact_lead": null, "printed_unit": "万元", "contact_phone": null, "source_sha256": null, "contact_handler": null, "department_body": null, "department_code": null, "department_name": "市住建局", "source_document": null, "implementing_unit": null}', 2, 4, 2);

INSERT INTO public.indicators_goal (id, scope, text, project_id) VALUES
	(1, 'period', '教室改造完成。', 1),
	(2, 'annual', '教室改造完成。', 1),
	(3, 'period', '教室改造完成。', 2),
	(4, 'annual', '教室改造完成。', 2),
	(5, 'annual', '按期完成道路养护。', 3),
	(6, 'annual', '按期完成供热补贴。', 4);

INSERT INTO public.indicators_indicator (id, scope, "position", level2_label, name, value, operator, number, unit, category_id, project_id) VALUES
	(1, 'period', 1, '数量指标', '改造教室', '≥12间', '>=', 12.0000000000, '间', 'output.quantity', 1),
	(2, 'annual', 1, '数量指标', '改造教室', '≥12间', '>=', 12.0000000000, '间', 'output.quantity', 1),
	(3, 'period', 2, '质量指标', '验收合格率', '100%', NULL, 100.0000000000, '%', 'output.quality', 1),
	(4, 'annual', 2, '质量指标', '验收合格率', '100%', NULL, 100.0000000000, '%', 'output.quality', 1),
	(5, 'period', 3, '时效指标', '完工时间', '2025年9月', NULL, NULL, NULL, 'output.timeliness', 1),
	(6, 'annual', 3, '时效指标', '完工时间', '2025年9月', NULL, NULL, NULL, 'output.timeliness', 1),
	(7, 'period', 4, '成本指标', '改造费用', '≤30万元', '<=', 30.0000000000, '万元', 'output.cost', 1),
	(8, 'annual', 4, '成本指标', '改造费用', '≤30万元', '<=', 30.0000000000, '万元', 'output.cost', 1),
	(9, 'period', 5, '社会效益', '教学条件', '改善', NULL, NULL, NULL, 'benefit.social', 1),
	(10, 'annual', 5, '社会效益', '教学条件', '改善', NULL, NULL, NULL, 'benefit.social', 1),
	(11, 'period', 6, '服务对象满意度', '师生满意度', '≥95%', '>=', 95.0000000000, '%', 'satisfaction.served', 1),
	(12, 'annual', 6, '服务对象满意度', '师生满意度', '≥95%', '>=', 95.0000000000, '%', 'satisfaction.served', 1),
	(13, 'period', 1, '数量指标', '改造教室', '≥12间', '>=', 12.0000000000, '间', 'output.quantity', 2),
	(14, 'annual', 1, '数量指标', '改造教室', '≥12间', '>=', 12.0000000000, '间', 'output.quantity', 2),
	(15, 'period', 2, '质量指标', '验收合格率', '100%', NULL, 100.0000000000, '%', 'output.quality', 2),
	(16, 'annual', 2, '质量指标', '验收合格率', '100%', NULL, 100.0000000000, '%', 'output.quality', 2),
	(17, 'period', 3, '时效指标', '完工时间', '按期', NULL, NULL, NULL, 'output.timeliness', 2),
	(18, 'annual', 3, '时效指标', '完工时间', '按期', NULL, NULL, NULL, 'output.timeliness', 2);

INSERT INTO public.perfgoals_user_groups (id, user_id, group_id) VALUES
	(1, 2, 1);

INSERT INTO public.projects_departmentname (id, printed, section, department_id, region_id) VALUES
	(1, '长治市上党区教育局', '', 1, '140404'),
	(2, '市交通局', '', 2, '140400'),
	(3, '市住建局', '', 3, '140400');

INSERT INTO public.projects_funding (id, scope, amount, printed, source_id, project_id) VALUES
	(1, 'period', 0.00, '0', 'central', 1),
	(2, 'period', 0.00, '0', 'provincial', 1),
	(3, 'period', 300000.00, '300,000', 'local', 1),
	(4, 'period', 0.00, '0', 'self_raised', 1),
	(5, 'period', NULL, '', 'other', 1),
	(6, 'annual', 0.00, '0', 'central', 1),
	(7, 'annual', 0.00, '0', 'provincial', 1),
	(8, 'annual', 300000.00, '300,000', 'local', 1),
	(9, 'annual', 0.00, '0', 'self_raised', 1),
	(10, 'annual', NULL, '', 'other', 1),
	(11, 'period', 0.00, '0', 'central', 2),
	(12, 'period', 0.00, '0', 'provincial', 2),
	(13, 'period', 150000.00, '150,000', 'local', 2),
	(14, 'period', 0.00, '0', 'self_raised', 2),
	(15, 'period', NULL, '', 'other', 2),
	(16, 'annual', 0.00, '0', 'central', 2),
	(17, 'annual', 0.00, '0', 'provincial', 2),
	(18, 'annual', 150000.00, '150,000', 'local', 2),
	(19, 'annual', 0.00, '0', 'self_raised', 2),
	(20, 'annual', NULL, '', 'other', 2);

INSERT INTO public.projects_membership (id, department_id, user_id, region_id) VALUES
	(1, NULL, 2, '140404');

SELECT pg_catalog.setval('public.imports_importrun_id_seq', 2, true);

SELECT pg_catalog.setval('public.imports_sourcedocument_id_seq', 2, true);

SELECT pg_catalog.setval('public.imports_sourcerecord_id_seq', 4, true);

SELECT pg_catalog.setval('public.indicators_goal_id_seq', 6, true);

SELECT pg_catalog.setval('public.indicators_indicator_id_seq', 18, true);

SELECT pg_catalog.setval('public.perfgoals_user_groups_id_seq', 1, true);

SELECT pg_catalog.setval('public.perfgoals_user_id_seq', 2, true);

SELECT pg_catalog.setval('public.projects_department_id_seq', 3, true);

SELECT pg_catalog.setval('public.projects_departmentname_id_seq', 3, true);

SELECT pg_catalog.setval('public.projects_funding_id_seq', 20, true);

SELECT pg_catalog.setval('public.projects_membership_id_seq', 1, true);

SELECT pg_catalog.setval('public.projects_project_id_seq', 4, true);
