/** Two lines each: what happened, and what to do next. A detail that may be missing is read through `select`. */
export const problem = {
	'problem.request.not_json':
		'提交的内容不是 JSON，没有保存。\n请刷新页面后再提交；若由程序调用，请检查 Content-Type 和正文格式。',
	'problem.request.invalid': '提交的内容有缺漏或格式不对，没有保存。\n请按标出的位置补充或改正后再提交。',
	'problem.request.too_large':
		'提交的内容超过了{limitMegabytes, select, unknown {上限} other { {limitMegabytes} MB 的上限}}，没有保存。\n请减少文件或分几次提交。',
	'problem.session.missing': '您还没有登录。\n请登录后继续，已填写的草稿仍保存在本机。',
	'problem.session.expired': '登录已过期。\n请重新登录后继续，已填写的草稿仍保存在本机。',
	'problem.session.wrong_password': '账号或密码不对。\n请核对后再试；忘记密码请联系本单位管理员重新邀请。',
	'problem.session.too_many_attempts':
		'尝试次数过多，暂时不能登录。\n请{minutes, select, unknown {稍后} other { {minutes} 分钟后}}再试，或联系本单位管理员。',
	'problem.session.sample_password':
		'示例密码是公开的，只能在运行本系统的电脑上使用。\n请换用您自己的账号；演示需要用手机登录的，请以 LAN=1 启动演示。',
	'problem.session.no_membership':
		'此账号还没有分配单位和职责，看不到任何数据。\n请联系本单位管理员，由其发出邀请。',
	'problem.permission.denied': '您没有进行此项操作的权限。\n如工作需要，请联系本单位管理员调整职责。',
	'problem.permission.area': '这里不在您负责的区域内。\n请核对所选地点；如区域划分有误，请联系本单位管理员。',
	'problem.permission.role': '您的职责不包括此项操作。\n请由有相应职责的同事办理，或联系本单位管理员。',
	'problem.permission.track':
		'您的身份不能出具这种文书。\n社区人员请改为「上报隐患」，由街道检查人员采纳后出具。',
	'problem.permission.licence':
		'没有有效的执法证，不能出具执法文书。\n请在「我的」中核对执法证号和有效期，或改用监督检查文书。',
	'problem.invitation.unknown': '没有找到这份邀请。\n请核对链接是否完整，或请邀请人重新发送。',
	'problem.invitation.expired': '这份邀请已过期。\n请联系邀请人重新发送。',
	'problem.invitation.used': '这份邀请已经用过了。\n如果是您本人注册的，请直接登录；否则请联系邀请人。',
	'problem.invitation.address_taken': '这个邮箱已经注册过账号。\n请直接登录，或换一个邮箱接受邀请。',
	'problem.password.unchanged': '新密码和现在的一样，没有修改。\n请换一个新密码。',
	'problem.password.too_weak': '密码太简单，容易被猜到。\n请至少用 10 个字符，并混用字母、数字或符号。',
	'problem.not_found':
		'没有找到要看的内容，可能已被移走，或不在您可见的范围内。\n请核对网址，或返回上一页重新选择。',
	'problem.calendar.unknown_year':
		'{number, select, unknown {那一年} other { {number} 年}}的节假日安排还没有录入，工作日算不出来。\n请按国务院办公厅的通知核对日期；通知公布后请升级系统。',
	'problem.area.invalid_geometry':
		'{name, select, unknown {区域} other {「{name}」}}的边界图形有误（如自相交），没有保存。\n请移开相交处的拐点；导入的请在制图软件中修正{line, select, unknown {} other {第 {line} 个图形}}后重新导入。',
	'problem.area.code_duplicate':
		'这个区域代码已被使用，没有保存。\n请核对区划代码；同一区域的多个图块应放在同一条记录里。',
	'problem.area.future':
		'区域变更不能从以后的日期起生效，没有保存。\n请选今天或更早的日期，或到那一天再保存。',
	'problem.area.day':
		'{name, select, unknown {这个区域} other {「{name}」}}现行版本的生效日期不早于您填的日期，没有保存。\n请填更晚的日期；要改正现行版本，请选「更正现行版本」。',
	'problem.area.ended':
		'{name, select, unknown {这个区域} other {「{name}」}}已经撤销，不能再改。\n请在区域列表里选现有的区域。',
	'problem.area.has_children':
		'{name, select, unknown {这个区域} other {「{name}」}}下面还有区域，没有撤销。\n请先撤销或调整下级区域。',
	'problem.area.name_taken': '同一上级下已有同名的区域，没有保存。\n请换一个名称，或打开已有的区域修改。',
	'problem.area.faults': '边界有重叠、缝隙或越界，没有保存。\n请修改边界，或看过后勾选「仍然保存」。',
	'problem.area.changed_meanwhile': '您看过之后情况有变化，没有保存。\n请看新的结果，再保存。',
	'problem.area.coordinates':
		'看不懂这些坐标{got, select, unknown {} other {（{got}）}}，没有采用。\n请粘贴 GeoJSON 的 Polygon 或 MultiPolygon，或每行一个「经度,纬度」。',
	'problem.enterprise.credit_code':
		'统一社会信用代码{got, select, unknown {} other {“{got}”}}没有通过校验，没有保存。\n请对照营业执照核对 18 位代码，注意区分数字 0 与字母 O、数字 1 与字母 I。',
	'problem.enterprise.credit_code_reason':
		'没有填写统一社会信用代码，也没有说明原因。\n请填写代码；确实没有的，请选择原因。',
	'problem.enterprise.outside_areas':
		'所给位置不在任何已知区域内。\n请核对位置和坐标系；确实无误的，会列入「待定区域」等管理员处理。',
	'problem.enterprise.duplicate':
		'这家单位已经登记过，没有重复保存。\n请打开已有的单位；信息有变动的，请在那里修改。',
	'problem.import.encoding':
		'文件的文字编码不是 UTF-8{expected, select, unknown {} gb18030 {，很可能是 GB18030（中文 Excel 的 CSV）} other {，很可能是 {expected}}}，没有导入任何内容。\n请注明编码（命令行加 --encoding {expected, select, unknown {gb18030} other {{expected}}}），或用 Excel 另存为「CSV UTF-8」。',
	'problem.import.unreadable':
		'文件读不出来{line, select, unknown {} other {（第 {line} 行）}}{got, select, unknown {} other {：{got}}}，没有导入任何内容。\n请核对文件：可用的是 GeoJSON（FeatureCollection）、CSV 和 XLSX。',
	'problem.import.empty':
		'文件里没有数据行，没有导入任何内容。\n请核对是否选对了文件；表头下面至少要有一行。',
	'problem.import.too_many':
		'文件有{number, select, unknown {太多} other { {number} }}行，一次最多{expected, select, unknown {两万} other { {expected} }}行，没有导入任何内容。\n请拆成几份，分次导入。',
	'problem.import.mapping':
		'不认识要对应的项{got, select, unknown {} other {“{got}”}}，没有导入任何内容。\n请写成「项=列名」，可用的项：{expected, select, unknown {见使用说明} other {{expected}}}。',
	'problem.import.swapped':
		'有{number, select, unknown {许多} other { {number} }}个位置的经度和纬度写反了，没有导入任何内容。\n请对调两列（命令行用 --map 重新指定），GeoJSON 应为先经度、后纬度。',
	'problem.import.uploaded_gone':
		'上传的文件已经清理，没有导入任何内容。\n请重新选择文件并检查一遍，再导入。',
	'problem.import.crs':
		'没有注明坐标系，没有导入任何内容。\n请从 wgs84、gcj02、bd09、cgcs2000 中选一个；不清楚的请询问数据提供方。',
	'problem.import.crs_suspect':
		'有{number, select, unknown {许多} other { {number} }}个位置落在所有区域之外，换成{expected, select, unknown {另一种坐标系} other { {expected} }}后却在区域之内，没有导入任何内容。\n坐标很可能是{expected, select, unknown {另一种坐标系} other { {expected} }}，请改选；确认原来所选无误的，请勾选「坐标系已核对」（命令行加 --crs-confirmed）。',
	'problem.import.columns':
		'文件中缺少必需的列{column, select, unknown {} other {「{column}」}}，没有导入任何内容。\n请补上这一列，或指定由哪一列代替{got, select, unknown {} other {；文件里有：{got}}}。',
	'problem.import.bad_lines':
		'有{lines, select, unknown {一些} other { {lines} }}行没有通过检查，整份文件都没有导入。\n请按逐行结果改正后重新导入，或选择「跳过有误的行」。',
	'problem.import.geometry':
		'{line, select, unknown {有图形} other {第 {line} 个图形}}无效，没有导入任何内容。\n请在制图软件中修正，或选择「跳过有误的行」。',
	'problem.alarm.time': '报警时间在将来，或早于一年前，没有保存。\n请核对时间后改正。',
	'problem.alarm.state': '这条线索已经由现场检查或他人排除关闭。\n请刷新后查看。',
	'problem.event.day': '登记的日期不能是将来，也不能早于五年前，没有保存。\n请核对文书上的日期后改正。',
	'problem.event.clause': '所选条款不在那一天有效的规则里，没有保存。\n请重新选择条款，或核对发生日期。',
	'problem.event.points': '分值不在条款规定的范围内，没有保存。\n请按规则填写分值，最多两位小数。',
	'problem.event.evidence': '没有凭证或凭证超过 9 份，没有保存。\n请附上文书扫描件或照片，至少一份。',
	'problem.event.known':
		'这笔事项已经登记过，内容与这次填写的不同，没有再次保存。\n请打开已登记的事项核对，需要改的请用「更正」。',
	'problem.event.state': '这笔登记已有别的处理，这一步没有生效。\n请刷新后查看现在的状态。',
	'problem.event.appealed':
		'单位已就这笔记分陈述申辩，正待答复，现在不能更正。\n请先在记分账户里答复；情况属实的，撤销记分后再更正。',
	'problem.event.decided':
		'这笔记分已经审核，或撤回会改变等级，不能由一个人更正。\n请在记分账户里由审核人员撤销这笔记分，再回来更正。',
	'problem.evidence.too_large':
		'文件超过了{limitMegabytes, select, unknown {上限} other { {limitMegabytes} MB 的上限}}，没有上传。\n请重新拍摄或选择较小的文件。',
	'problem.evidence.hash_mismatch':
		'文件在上传途中发生了变化，没有保存。\n请在网络稳定时重新上传，本机的原件没有受影响。',
	'problem.evidence.media_type':
		'这个文件不是可用的照片。\n请选择 JPEG、PNG、WebP 或手机拍摄的照片（登记事项还可用 PDF）；改过扩展名的其他文件不能使用。',
	'problem.evidence.not_found':
		'没有找到这个文件，可能还在上传。\n请稍后刷新；若一直没有，请检查上传所用的手机是否联网。',
	'problem.inspection.already_sealed':
		'这次检查已经签章归档，内容不能再改。\n如需更正，请新建一次检查替代它，两份都会保留。',
	'problem.inspection.state':
		'检查已进行到另一步，这一步没有生效。\n请刷新后从当前步骤继续；另一位检查人员可能刚刚操作过。',
	'problem.inspection.checklist_version':
		'检查表在您检查期间已更新。\n本次检查请按开始时的版本完成；若无法提交，请联系管理员。',
	'problem.inspection.unanswered':
		'还有{number, select, unknown {一些} other { {number} }}项没有检查结论。\n请逐项选择，或用「其余均符合」一次填完。',
	'problem.inspection.position_reason':
		'定位不准或离门口较远{distanceMetres, select, unknown {} other {（约 {distanceMetres} 米）}}，还没有说明原因。\n请走近门口重新定位，或写明原因后继续。',
	'problem.inspection.clock':
		'本机时间与服务器相差{minutes, select, unknown {太多} other {约 {minutes} 分钟}}，没有提交。\n请在手机设置中打开「自动设置时间」后再提交，已填写的内容不会丢失。',
	'problem.signature.missing': '还缺少必需的签名。\n请按标出的位置签名后再提交。',
	'problem.signature.empty':
		'签名为空，或笔画太短，认不出来。\n请手写完整姓名；不愿签名的，请选择「拒绝签名」并由见证人签名。',
	'problem.signature.witness_missing':
		'选择了拒绝签名，但还没有见证人和原因。\n请写明原因，并请在场的见证人签名。',
	'problem.signature.cosigner': '还缺第二位检查人员的确认。\n请第二位检查人员用本人账号登录确认，不能代签。',
	'problem.signature.not_yours': '这个位置应由另一个人签名，没有保存。\n请由其本人登录后签名。',
	'problem.consent.missing':
		'还没有征得对方对电子送达的同意。\n请向现场负责人说明并勾选同意；不同意的，请改为打印送达。',
	'problem.risk_point.state': '这个风险点已经关闭，没有改动。\n请刷新页面；仍有风险的，请另建一个风险点。',
	'problem.hazard.clause':
		'引用的条款不在检查时采用的记分规则中。\n请返回修改，改选条款或者不引用，再请负责人签名。',
	'problem.hazard.state': '这条隐患的状态已经改变，这一步没有生效。\n请刷新后按最新状态处理。',
	'problem.opinion.basis':
		'强制性意见没有写依据条款，还没有登记。\n请写明法律、法规、规章或标准的名称和条款，或改为推荐。',
	'problem.opinion.own': '自己登记的意见不能由自己确认。\n请另一位监管人员复核确认。',
	'problem.opinion.state': '这条意见已经有人处理过了。\n请刷新页面查看。',
	'problem.tipoff.unknown': '没有这个查询码对应的举报。\n请核对后再试，字母不分大小写。',
	'problem.tipoff.state': '这件举报已经有了新的进展。\n请刷新页面，看过后再处理。',
	'problem.tipoff.nobody_there':
		'没有找到负责这个地方的街道，举报还没有提交。\n请在「所在街道、社区」里选一个，再提交一次。',
	'problem.tipoff.too_many':
		'从这里提交或查询得太频繁，这一次没有受理。\n请{minutes, select, unknown {稍后} other { {minutes} 分钟后}}再试，已填写的内容请先保留。',
	'problem.ledger.too_long':
		'台账有{number, select, unknown {太多} other { {number} }}条，一个工作簿最多放{expected, select, unknown {两万} other { {expected} }}条，没有生成文件。\n请缩小时间或社区，或导出 CSV（不限条数）。',
	'problem.map.past_too_many':
		'历史地图一次最多看{expected, select, unknown {两万} other { {expected} }}家单位，您的范围更大{got, select, unknown {} other {（{got} 家）}}。\n请用街道或社区帐号查看，或看今天的地图。',
	'problem.hazard.deadline': '整改期限不对：不能早于检查当天，也不能超出允许的天数。\n请重新选择期限。',
	'problem.hazard.evidence_missing': '还缺少证明照片。\n请至少拍摄一张能看清隐患或整改结果的照片。',
	'problem.decision.state': '这笔记分或等级已经处理到另一步，这一步没有生效。\n请刷新后按最新状态办理。',
	'problem.decision.same_person':
		'您已经表示过同意；改变等级须由不同的人审核。\n请由另一位审核人员登录办理。',
	'problem.decision.behind': '账户正在按新的事实重新计算，这一步没有生效。\n请稍候几秒，刷新后再办理。',
	'problem.appeal.over':
		'陈述申辩的期限已过，没有提交。\n如有新的事实或证据，请直接联系检查单位；依法享有的其他救济权利不受影响。',
	'problem.measure.state': '这项措施已经处理到另一步，这一步没有生效。\n请刷新后按最新状态办理。',
	'problem.measure.owner': '所选的人不负责这个单位所在的区域。\n请从名单中另选一位承办人。',
	'problem.measure.deadline': '完成期限不对：不能早于今天，也不能晚于一年后。\n请重新选择期限。',
	'problem.api_key.unknown': '这个接口密钥不存在、已撤销或已过期。\n请向管理员要一个新的密钥。',
	'problem.supervision.state':
		'这件督办已经到了另一步，这一步没有生效。\n请刷新，看过最新的办理经过后再办理。',
	'problem.supervision.owner': '所选的人不负责这里，或不在您负责的范围内。\n请从名单中另选一位承办人。',
	'problem.supervision.deadline':
		'期限不对：不能早于今天，也不能晚于一年后；申请延期的，须晚于原期限。\n请重新选择日期。',
	'problem.supervision.exists':
		'同一件事已经向这位承办人督办，还没有办结。\n请在督办清单中查看那一件，或另选承办人。',
	'problem.scheme.past': '起始日期早于今天，没有启用；已经过去的日子不会改变。\n请选择今天或以后的日期。',
	'problem.scheme.unknown': '没有找到这份规则或这个版本。\n请返回规则列表重新选择。',
	'problem.scheme.validity': '所选日期不在这份规则的有效期内，没有启用。\n请对照规则的有效期重新选择日期。',
	'problem.scheme.day_taken':
		'这一天起，这里已经排定另一份规则，没有启用。\n请先撤回排定的那一份，或另选一天。',
	'problem.scheme.in_force':
		'这一天，这里适用的已经是这份规则，不用再启用。\n请核对所选的区域、场所类型和日期。',
	'problem.scheme.begun': '这份规则已经开始适用，不能撤回。\n请从今天或以后的日期起启用另一份规则来代替它。',
	'problem.scheme.not_tried':
		'没有找到与之相符的试算结果，没有启用。\n请先按同样的区域、场所类型和日期试算，看过结果再确认。',
	'problem.scheme.known':
		'这份规则的内容与已有的一个版本完全相同，没有重复保存。\n请在规则列表中直接使用已有的版本。',
	'problem.scheme.file': '规则文件没有通过检查，没有保存。\n请按列出的行和原因修改后重新上传。',
	'problem.correction.nothing': '没有任何改动，没有出具更正。\n请先改正有误的内容。',
	'problem.correction.superseded':
		'这份记录刚刚已被他人更正，您的更正没有出具。\n请刷新后在最新的记录上更正。',
	'problem.correction.not_checked': '这次没有进入检查，没有文书可以更正。\n情况有误的，请重新到场检查。',
	'problem.correction.adopted':
		'街道已采纳这份上报并出具文书，不能再更正。\n请与采纳的检查人员联系，由其重新检查。',
	'problem.correction.rechecked':
		'这条隐患已经提交整改或复查，级别不能更改，复查过的不能撤销，没有出具更正。\n文字、位置可以更正，照片可以补充。',
	'problem.correction.deadline_moved':
		'整改期限已由延期或复查另行确定，没有出具更正。\n请办理延期，或在复查记录中更正。',
	'problem.correction.verdict': '复查结论不能用更正改变。\n请再次复查。',
	'problem.correction.photo': '已封存的照片不能撤下，没有出具更正。\n可以补充照片，每项最多 9 张。',
	'problem.act.agency': '您的账号没有所属机关，不能以机关名义出具文书。\n请联系管理员设置所属机关。',
	'problem.act.day':
		'日期不在允许的范围内，文书没有出具。\n请填写今天起一年内的日期；督查日期应在今天或之前。',
	'problem.act.officers':
		'文书没有出具：检查人员没有选定，或者与登记的姓名、执法证号不一致。\n请重新选择一至四名检查人员。',
	'problem.plan.own': '方案由您本人拟定，不能由您审批。\n请由其他负责人审批。',
	'problem.plan.state': '方案的状态或内容已经改变，这一步没有生效。\n请刷新后查看最新内容。',
	'problem.document.state': '文书的状态已经改变，这一步没有生效。\n请刷新后查看最新状态。',
	'problem.document.glyph_missing':
		'文书中有字体里没有的字{got, select, unknown {} other {“{got}”}}，没有生成，以免印出空白。\n请换用通行写法，并联系管理员登记这个字。',
	'problem.document.not_ready': '文书正在生成。\n请过几秒刷新；检查结果已经保存，不会丢失。',
	'problem.document.failed':
		'文书没能生成，稍后会自动重试。\n检查结果已经保存，不会丢失；如果一直没有，请联系系统管理员。',
	'problem.delivery.unknown':
		'没有找到这份文书：二维码不完整、已更换，或文书还没有上传。\n请核对二维码，或向检查人员索取新码；刚检查完的，联网上传后会自动显示。',
	'problem.delivery.expired': '这个二维码已过期。\n请向检查人员索取新码。',
	'problem.delivery.too_many':
		'从您的网络打开了太多不存在的二维码，暂时不能打开文书。\n请{minutes, select, unknown {稍后} other { {minutes} 分钟后}}再试；二维码打不开的，请向检查人员索取新码。',
	'problem.delivery.state': '二维码刚刚已由别人更换，这一步没有生效。\n请刷新页面，使用最新的二维码。',
	'problem.delivery.signed_on': '签收日期不对：不能早于检查当天，也不能晚于今天。\n请按纸面上的日期填写。',
	'problem.delivery.paper_missing':
		'没有签收文书的照片或扫描件，或超过 9 份，没有保存。\n请拍下签过名的文书，至少一张。',
	'problem.delivery.code_wrong': '验证码不对。\n请核对检查人员告知的验证码后再输一次。',
	'problem.delivery.code_locked':
		'验证码输错次数过多，暂时不能再试。\n请{minutes, select, unknown {稍后} other { {minutes} 分钟后}}再试，或联系检查人员。',
	'problem.rectification.empty': '还没有填写整改情况，也没有照片。\n请写明怎样整改，并上传整改后的照片。',
	'problem.objection.answered': '这条异议已有人答复，答复不能修改。\n请刷新后查看。',
	'problem.notice.push_service':
		'不认识这个浏览器的推送服务，没有开启。\n请换一个浏览器，或请系统管理员把它加入 PUSH_HOSTS。',
	'problem.escalation.state': '这一步已有人办理，或因整改、延期、升级而结束，没有再次生效。\n请刷新后查看。',
	'problem.extension.day':
		'所选日期不能用作新的整改期限：须晚于现在的期限{expected, select, unknown {} other {（{expected}）}}，不早于今天，且不超过一年。\n请重新选择日期。',
	'problem.extension.late':
		'整改期限已过，不能再申请延期。\n请尽快整改并提交照片；确有困难的，请直接联系检查人员。',
	'problem.extension.pending': '这条隐患已有一份延期申请在等答复。\n请等待答复，结果会显示在本页。',
	'problem.extension.state':
		'这份延期申请已有答复，或已因提交整改、复查而结束，这一步没有生效。\n请刷新后查看。',
	'problem.extension.leader': '重大隐患的延期由领导决定。\n请向本单位负责人报告，由其办理。',
	'problem.extension.agency': '这份文书不是您所在单位出具的，不能由您决定延期。\n请由出具文书的单位办理。',
	'problem.major.state':
		'这一步现在不能办理，没有生效：情况可能刚有变化。\n请刷新页面，看过最新的经过后再办理。',
	'problem.major.leader': '这一步由领导决定，没有生效。\n请向负责领导报告，由其办理。',
	'problem.major.officer':
		'这份文书不是您所在单位出具的，您不能办理这一步。\n请由出具文书单位的检查人员（持有效执法证）或领导办理。',
	'problem.major.same_person':
		'这一步须由另一个人办理：提交的人不能自己审核，验收的人不能自己销号。\n请由另一位有权限的人登录办理。',
	'problem.major.not_accepted': '这条重大隐患还没有验收合格，没有生效。\n请先复查验收；合格后再办理。',
	'problem.major.no_plan': '治理方案还没有审核通过，不能销号。\n请先由单位提交治理方案，审核通过后再办理。',
	'problem.major.stopped':
		'停产停业、停止使用还没有经审查同意恢复，不能销号。\n请先由单位书面申请，领导审查同意恢复后再办理。',
	'problem.major.after_treatment': '治理还没有完成，不能申请恢复。\n请先整改并提交整改情况，再提出书面申请。',
	'problem.major.day':
		'日期不对，没有生效。\n期限请选今天或以后的日期，延期须晚于原期限；停止之日不能晚于今天。',
	'problem.major.scan':
		'代单位录入纸质材料须附扫描件或照片，没有保存。\n请拍下有单位签字盖章的每一页再提交。',
	'problem.task.unknown':
		'没有这个任务核验码，或它已经失效。\n请让检查人员重新出示，或联系检查机构核实来人身份。',
	'problem.rating.not_checked': '这次检查还没有结果，不能评价。\n请在检查结束、记录封存后再来评价。',
	'problem.rating.given': '本次检查已经评价过了，没有重复保存。\n如果不是您单位评价的，请联系检查机构。',
	'problem.rating.over': '评价的期限已过，没有保存。\n有意见的，请联系检查机构。',
	'problem.rating.staff': '您是以工作人员身份登录的，不能评价检查。\n评价由被检查单位填写。',
	'problem.record.unknown': '没有找到这份记录。\n请核对网址或二维码；记录的校验值应为 64 位字符。',
	'problem.record.signature':
		'这份记录的签名校验没有通过，不会生成文书。\n请联系系统管理员核查；记录原文和校验结果已留存。',
	'problem.certificate.password':
		'证书文件的密码不对，没有保存。\n请核对密码后再试（环境变量 PDF_CERTIFICATE_PASSWORD，或按提示输入）；密码里有汉字的，请换成只有英文字母、数字和符号的密码重新导出。',
	'problem.certificate.unreadable':
		'这不是可以读取的 PKCS#12 证书文件（.p12 或 .pfx），没有保存。\n请向证书机构索取 PKCS#12 格式的签名证书。',
	'problem.certificate.key_mismatch':
		'证书文件里没有私钥，或私钥与证书不是一对，没有保存。\n请重新导出，导出时勾选“包含私钥”。',
	'problem.certificate.sm2':
		'这是国密 SM2 证书，本系统还不能用它签 PDF，没有保存。\n请向证书机构索取 RSA 或 ECDSA 签名证书；SM2 须接入证书机构的签名服务。',
	'problem.certificate.algorithm':
		'证书的密钥不合用{got, select, unknown {} other {（{got}）}}，没有保存。\n请使用 RSA（2048 位以上）或 ECDSA（P-256、P-384、P-521）证书。',
	'problem.certificate.validity':
		'证书不在有效期内{got, select, unknown {} other {（{got}）}}，不能用来签名。\n请向证书机构换发证书，再用 keys certificate 存入。',
	'problem.certificate.none':
		'这里没有签名证书，没有东西可以移除。\n要存入证书，请运行 keys certificate 文件.p12。',
	'problem.timestamp.failed':
		'时间戳服务器没有给出可用的时间戳{got, select, unknown {} other {（{got}）}}，PDF 还没有数字签名。\n系统会每分钟再试；请检查 PDF_TIMESTAMP_URL 和网络。',
	'problem.document.unsigned': '这份文书没有带数字签名的 PDF。\n请下载普通的 PDF：内容完全一样。',
	'problem.folder.locked':
		'数据文件夹正被{pid, select, unknown {另一个程序} other {另一个程序（进程 {pid}）}}使用，没有打开，以免丢失数据。\n请先停止那个程序，或换一个 DATA_DIR。',
	'problem.server.port_taken':
		'端口{port, select, unknown {} other { {port} }}已被另一个程序占用，服务没有启动。\n请先停止那个程序，或用 PORT 指定另一个端口。',
	'problem.folder.kind': '这个数据文件夹已定为另一种用途（演示或正式），不能改变。\n请换一个空文件夹。',
	'problem.folder.not_empty':
		'目标文件夹{got, select, unknown {} other {（{got}）}}不是空的，没有恢复任何内容，以免覆盖原有数据。\n请换一个空文件夹（DATA_DIR）。',
	'problem.folder.no_administrator':
		'这里还没有管理员，没有人有权导入。\n请先启动系统（npm start），用打印出的一次性链接注册第一位管理员。',
	'problem.backup.exists': '备份文件已经存在，没有覆盖。\n请换一个文件名。',
	'problem.backup.remote':
		'数据在 Supabase 上，不由本命令备份。\n请备份三处：数据库（pg_dump 或 Supabase 的备份）、存储桶 evidence 和 documents、本机 DATA_DIR 中的 keys 文件夹。',
	'problem.backup.invalid':
		'备份文件不完整或已损坏{got, select, unknown {} other {：{got}}}，没有恢复任何内容。\n请换一份备份；原有数据没有改动。',
	'problem.bundle.invalid':
		'这不是本系统导出的案卷，或容器已被改动{got, select, unknown {} other {：{got}}}。\n请向出具机关重新索取案卷；重新打包过的，请先解开，再用案卷里的 index.html 逐个核对文件。',
	'problem.bundle.too_large': '案卷超过 4 GB，一个 ZIP 文件装不下。\n请联系系统管理员，从备份中取照片原件。',
	'problem.backend.unavailable': '暂时连不上数据服务。\n请稍后再试；已填写的草稿仍保存在本机。'
} as const;
