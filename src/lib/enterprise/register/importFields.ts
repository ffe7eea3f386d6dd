/** Headings in use in ledgers, map exports and registers; the first match of a field wins. 序号 is nobody's number. */
export const enterpriseSynonyms = {
	name: [
		'企业名称',
		'单位名称',
		'场所名称',
		'经营户名称',
		'商户名称',
		'店铺名称',
		'商铺名称',
		'名称',
		'店名',
		'enterprise name',
		'name'
	],
	creditCode: ['统一社会信用代码', '社会信用代码', '信用代码', '统一信用代码', 'credit code', 'uscc'],
	creditCodeAbsence: ['无信用代码原因', '无代码原因', '无统一社会信用代码原因'],
	address: [
		'经营地址',
		'生产经营地址',
		'详细地址',
		'单位地址',
		'企业地址',
		'商铺地址',
		'注册地址',
		'地址',
		'住所',
		'address'
	],
	siteType: ['场所类型', '场所类别', 'site type'],
	longitude: ['经度', 'longitude', 'lng', 'lon', 'x'],
	latitude: ['纬度', 'latitude', 'lat', 'y'],
	ref: ['档案编号', '企业编号', '单位编号', '场所编号', '编号', 'ref', 'id'],
	industryCode: ['国民经济行业代码', '行业代码', 'industry code'],
	riskLevel: ['安全风险等级', '风险等级', '风险分级', 'risk level'],
	tags: ['风险标签', 'tags'],
	standardisationLevel: ['标准化等级', '安全生产标准化等级', 'standardisation level'],
	servingInstitution: ['服务机构', '第三方服务机构', 'serving institution'],
	supervisingDepartment: ['监管部门', '主管部门', '行业主管部门', 'supervising department'],
	principalName: [
		'主要负责人',
		'法定代表人',
		'法人代表',
		'法人',
		'负责人',
		'经营者',
		'legal representative',
		'principal'
	],
	principalPhone: [
		'主要负责人电话',
		'法定代表人电话',
		'法人电话',
		'负责人电话',
		'负责人联系电话',
		'principal phone'
	],
	contactName: ['联系人', '安全管理人员', 'contact'],
	contactPhone: ['联系电话', '联系人电话', '联系方式', '电话', '手机', 'phone', 'telephone', 'tel']
} as const satisfies Record<string, readonly string[]>;

export type EnterpriseField = keyof typeof enterpriseSynonyms;
export const enterpriseFields = Object.keys(enterpriseSynonyms) as EnterpriseField[];
