/**
 * What the sample says of each kind of site. Every number is a sample: shares, hazard factors and chances are
 * chosen so that kinds differ as one would expect, and stand for no statistics.
 */
export const profiles = ['commercial', 'residential', 'industrial'] as const;
export type CommunityProfile = (typeof profiles)[number];

export const riskLevels = ['major', 'considerable', 'general', 'low'] as const;
/** 重大 / 较大 / 一般 / 低, drawn 红橙黄蓝: the level of risk, which is neither the score's band nor the intensity of supervision. */
export type RiskLevel = (typeof riskLevels)[number];

export interface Kind {
	code: string;
	/** Among 1,000 enterprises. */
	share: number;
	/** How much likelier in a community of that profile. */
	affinity: Record<CommunityProfile, number>;
	/** Endings of the name after the stem, e.g. 云溪 + 小厨餐饮店. */
	endings: string[];
	/** GB/T 4754-2017 小类. */
	industryCode: string;
	/** 登记管理部门 and 机构类别 of the credit code. */
	categories: string[];
	risk: Record<RiskLevel, number>;
	tags: Record<string, number>;
	equipment: Record<string, number>;
	department: string;
	employees: [number, number];
	/** Hazards per item relative to the mean of all kinds. */
	hazardFactor: number;
}

type Row = [
	code: string,
	share: number,
	affinity: [number, number, number],
	endings: string,
	industryCode: string,
	categories: string,
	risk: [number, number, number, number],
	tags: Record<string, number>,
	equipment: Record<string, number>,
	department: string,
	employees: [number, number],
	hazardFactor: number
];

const rows: Row[] = [
	[
		'restaurant',
		230,
		[3, 2, 1],
		'小厨餐饮店 饭庄 面馆 家常菜馆 小吃店 烧烤店 餐饮有限公司',
		'6210',
		'92 92 92 91',
		[0, 2, 30, 68],
		{ gas: 0.86, three_in_one: 0.04 },
		{},
		'市场监管所（示例）',
		[2, 40],
		1.25
	],
	[
		'lodging',
		42,
		[3, 1, 0.4],
		'旅馆 宾馆 客栈 酒店有限公司',
		'6110',
		'92 91',
		[0, 6, 50, 44],
		{ crowd: 0.3, special_equipment: 0.35 },
		{ 电梯: 0.35 },
		'派出所（示例）',
		[3, 45],
		0.95
	],
	[
		'mall',
		30,
		[4, 1, 0.3],
		'超市 购物中心 百货有限公司 生鲜超市',
		'5212',
		'91',
		[1, 15, 54, 30],
		{ crowd: 0.8, special_equipment: 0.6 },
		{ 自动扶梯: 0.4, 电梯: 0.5 },
		'商务部门（示例）',
		[10, 220],
		0.8
	],
	[
		'convenience_store',
		150,
		[2, 3, 1],
		'便利店 杂货店 烟酒店 粮油店',
		'5213',
		'92',
		[0, 0, 12, 88],
		{ three_in_one: 0.1 },
		{},
		'市场监管所（示例）',
		[1, 6],
		0.75
	],
	[
		'school',
		30,
		[1, 3, 0.4],
		'幼儿园 托育园 培训学校 小学',
		'8310',
		'52 12',
		[0, 6, 50, 44],
		{ crowd: 0.7, gas: 0.5 },
		{},
		'教育部门（示例）',
		[12, 120],
		0.55
	],
	[
		'clinic',
		34,
		[2, 3, 0.6],
		'诊所 门诊部 口腔诊所 中医馆',
		'8425',
		'91 92 52',
		[0, 3, 37, 60],
		{ hazmat_storage: 0.15 },
		{},
		'卫生健康部门（示例）',
		[3, 60],
		0.6
	],
	[
		'entertainment',
		32,
		[4, 1, 0.3],
		'歌厅 棋牌室 网吧 剧本体验馆',
		'9011',
		'91 92',
		[2, 22, 56, 20],
		{ crowd: 0.85 },
		{},
		'文化旅游部门（示例）',
		[4, 40],
		1.2
	],
	[
		'fitness',
		26,
		[3, 2, 0.3],
		'健身馆 游泳馆 瑜伽馆 汗蒸馆',
		'8930',
		'91 92',
		[0, 6, 48, 46],
		{ crowd: 0.4 },
		{},
		'文化旅游部门（示例）',
		[3, 30],
		0.7
	],
	[
		'workshop',
		110,
		[0.7, 1, 4],
		'服装加工坊 木器加工坊 食品加工坊 箱包加工坊 纸品加工坊',
		'1819',
		'92 92 91',
		[2, 20, 52, 26],
		{ three_in_one: 0.16, combustible_dust: 0.1, hot_work: 0.06 },
		{},
		'应急管理部门（示例）',
		[3, 48],
		1.6
	],
	[
		'machining',
		86,
		[0.3, 0.4, 6],
		'机械厂 五金制品厂 精密机械有限公司 金属制品有限公司',
		'3484',
		'91',
		[6, 34, 48, 12],
		{
			special_equipment: 0.7,
			hot_work: 0.4,
			spray_coating: 0.2,
			confined_space: 0.12,
			combustible_dust: 0.12,
			molten_metal: 0.07
		},
		{ 起重机: 0.5, 叉车: 0.6, 压力容器: 0.4 },
		'应急管理部门（示例）',
		[12, 260],
		1.35
	],
	[
		'warehouse',
		50,
		[0.5, 0.5, 5],
		'物流仓储有限公司 货运部 仓储中心',
		'5990',
		'91',
		[3, 24, 53, 20],
		{ special_equipment: 0.5, hazmat_storage: 0.07 },
		{ 叉车: 0.7 },
		'应急管理部门（示例）',
		[5, 90],
		1.15
	],
	[
		'hazmat_trade',
		20,
		[0.5, 0.4, 4],
		'化工原料经营部 化工贸易有限公司 气体经营部',
		'5169',
		'91',
		[20, 55, 25, 0],
		{ hazmat_storage: 0.9 },
		{},
		'应急管理部门（示例）',
		[3, 25],
		1.05
	],
	[
		'fuel_station',
		9,
		[1, 0.7, 1.5],
		'加油站',
		'5265',
		'91',
		[30, 60, 10, 0],
		{ hazmat_storage: 1, confined_space: 0.5 },
		{},
		'应急管理部门（示例）',
		[6, 18],
		0.5
	],
	[
		'construction',
		24,
		[1, 1, 1.5],
		'住宅项目工地 厂房项目工地 道路改造工地',
		'4710',
		'91',
		[12, 48, 40, 0],
		{ hot_work: 0.8, special_equipment: 0.7, confined_space: 0.25 },
		{ 塔式起重机: 0.5, 施工升降机: 0.5 },
		'住房建设部门（示例）',
		[25, 320],
		1.7
	],
	[
		'office',
		42,
		[4, 0.8, 0.8],
		'大厦 商务楼 写字楼',
		'7020',
		'91',
		[0, 4, 36, 60],
		{ special_equipment: 0.9, ebike_charging: 0.3 },
		{ 电梯: 0.95 },
		'住房建设部门（示例）',
		[8, 90],
		0.5
	],
	[
		'rental_apartment',
		58,
		[1, 3, 1.5],
		'公寓 公寓管理部 青年公寓',
		'7040',
		'91 92',
		[0, 12, 58, 30],
		{ ebike_charging: 0.7, gas: 0.3 },
		{},
		'住房建设部门（示例）',
		[1, 16],
		1.45
	],
	[
		'elderly_care',
		12,
		[0.6, 3, 0.4],
		'养老院 护理院 长者照护之家',
		'8514',
		'52 91',
		[2, 24, 60, 14],
		{ crowd: 0.8, gas: 0.6, special_equipment: 0.5 },
		{ 电梯: 0.5 },
		'民政部门（示例）',
		[8, 70],
		0.75
	],
	[
		'auto_repair',
		44,
		[0.8, 1, 3],
		'汽修店 汽车维修有限公司 汽车美容店',
		'8111',
		'92 91',
		[0, 16, 58, 26],
		{ spray_coating: 0.4, hot_work: 0.3 },
		{ 压力容器: 0.5 },
		'交通运输部门（示例）',
		[3, 35],
		1.2
	],
	[
		'wet_market',
		9,
		[1.5, 3, 0.6],
		'农贸市场 菜市场',
		'7223',
		'91',
		[0, 30, 60, 10],
		{ crowd: 0.9, gas: 0.5 },
		{},
		'市场监管所（示例）',
		[8, 60],
		1.5
	],
	[
		'cold_storage',
		14,
		[0.3, 0.4, 5],
		'冷冻食品有限公司 冷库 冷链仓储有限公司',
		'5930',
		'91',
		[14, 46, 40, 0],
		{ ammonia_refrigeration: 0.35, special_equipment: 0.8, confined_space: 0.2 },
		{ 压力容器: 0.8, 叉车: 0.6 },
		'应急管理部门（示例）',
		[6, 80],
		1.1
	]
];

export const kinds: Kind[] = rows.map(
	([
		code,
		share,
		affinity,
		endings,
		industryCode,
		categories,
		risk,
		tags,
		equipment,
		department,
		employees,
		hazardFactor
	]) => ({
		code,
		share,
		affinity: { commercial: affinity[0], residential: affinity[1], industrial: affinity[2] },
		endings: endings.split(' '),
		industryCode,
		categories: categories.split(' '),
		risk: { major: risk[0], considerable: risk[1], general: risk[2], low: risk[3] },
		tags,
		equipment,
		department,
		employees,
		hazardFactor
	})
);
