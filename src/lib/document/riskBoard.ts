import { z } from 'zod';

/**
 * 风险告知公示栏 (CM-Z2): an enterprise's risk points, to hang where people work. 红橙黄蓝 is the level of the risk, never
 * a score. What it must name is from Jiangsu's 生产经营单位安全风险管理条例 第十一、十六条 (conventions §5): name, place, level,
 * accident, measures, department, person, and the telephone of the supervising office for 较大以上. The form is a sample.
 */
export const boardLevels = ['major', 'considerable', 'general', 'low'] as const;

const line = (maximum: number) => z.string().trim().min(1).max(maximum);
const optionalLine = (maximum: number) => line(maximum).nullable();

export const riskBoardSchema = z.object({
	/** A4 stands, A3 lies. */
	paper: z.enum(['a4', 'a3']),
	isSample: z.boolean(),
	enterprise: z.object({
		name: line(200),
		creditCode: optionalLine(18),
		address: line(300),
		principalName: optionalLine(50)
	}),
	/** Of the enterprise itself. */
	emergencyPhone: optionalLine(60),
	/** Of the office that supervises it, with its name. */
	supervision: z.object({ name: line(100), phone: optionalLine(40) }).nullable(),
	points: z
		.array(
			z.object({
				/** Null: registered and not assessed yet. */
				level: z.enum(boardLevels).nullable(),
				name: line(500),
				place: line(500),
				accident: optionalLine(60),
				measures: optionalLine(500),
				department: optionalLine(200),
				responsible: optionalLine(500)
			})
		)
		.max(200),
	/** What the enterprise's own plate carries. */
	plateUrl: z.url(),
	madeOn: z.iso.date()
});
export type RiskBoard = z.infer<typeof riskBoardSchema>;
