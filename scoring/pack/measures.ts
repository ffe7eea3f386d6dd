/**
 * What a band can lead to, in the words of the published schemes. A pack names them by code; a measure is
 * proposed by the machine and ordered by a person. Measures inside the enterprise (调离岗位、降职) are not the
 * street's to order and are left out. Where a scheme says it in other words, the pack gives them (`words`).
 */
export const measureNames = {
	closer_supervision: '加强监督监察', // 崇明，不满12分
	talk: '约谈', // 崇明、常州
	warning_talk: '警示约谈', // 金山，6分以上至9分以下
	caution: '警示', // 常州
	principal_training: '强制培训', // 金山，9分以上至12分以下；崇明：主要负责人必须参加安全培训
	more_inspections: '增加检查频次', // 金山，9分以上至12分以下
	public_notice: '对外通报', // 金山，12分及以上
	notice: '通报', // 常州
	blacklist_basis: '作为纳入“黑名单”的依据之一', // 金山，12分及以上：提出建议，从不自动列入
	report_upward: '抄报上级', // 崇明，12分以上：抄报区应急管理局
	strict_enforcement: '执法检查，违法从重处罚', // 崇明，12分以上
	key_enterprise: '提升下一年度监管等级，列入重点检查企业', // 崇明，12分以上
	credit_note: '安全生产信用作不良评判', // 崇明，12分以上
	benefits_veto: '有关优惠政策、评优等一票否决', // 崇明，18分以上
	key_supervision: '重点监管', // 常州
	joint_discipline: '联合惩戒', // 常州
	supervision_card: '督办卡', // 滦平“卡单令函”
	reminder: '提示单', // 滦平
	supervision_opinion: '督查意见书', // 滦平
	production_halt: '责令停产整顿', // 承德
	licence_suspension: '暂扣吊销证照', // 承德
	fine: '罚款', // 承德
	full_checkup: '全量体检', // 松江，A级
	focused_checks: '重点抽查', // 松江，B级
	proactive_help: '主动帮扶', // 松江，C级
	no_disturbance: '无事不扰', // 松江，D级
	no_penalty: '不予处罚', // 松江；行政处罚法第三十三条
	credit_repair: '信用修复', // 松江
	reporting_reward: '隐患报告奖励' // 青浦
} as const;

export type MeasureCode = keyof typeof measureNames;

export const measureCodes = Object.keys(measureNames) as [MeasureCode, ...MeasureCode[]];
