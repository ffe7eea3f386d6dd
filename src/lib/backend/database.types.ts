// Made by `npm run types` from supabase/migrations: never edited by hand.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
	public: {
		Tables: {
			agencies: {
				Row: {
					created_at: string;
					id: string;
					is_sample: boolean;
					may_enforce: boolean;
					name: string;
					scope: string;
					short_name: string;
					template: Json;
				};
				Insert: {
					created_at?: string;
					id?: string;
					is_sample?: boolean;
					may_enforce?: boolean;
					name: string;
					scope: string;
					short_name: string;
					template?: Json;
				};
				Update: {
					created_at?: string;
					id?: string;
					is_sample?: boolean;
					may_enforce?: boolean;
					name?: string;
					scope?: string;
					short_name?: string;
					template?: Json;
				};
				Relationships: [];
			};
			agency_versions: {
				Row: {
					agency_id: string;
					changed_at: string;
					changed_by: string | null;
					changed_by_name: string | null;
					may_enforce: boolean;
					name: string;
					scope: string;
					short_name: string;
					template: Json;
					version: number;
				};
				Insert: {
					agency_id: string;
					changed_at?: string;
					changed_by?: string | null;
					changed_by_name?: string | null;
					may_enforce: boolean;
					name: string;
					scope: string;
					short_name: string;
					template: Json;
					version: number;
				};
				Update: {
					agency_id?: string;
					changed_at?: string;
					changed_by?: string | null;
					changed_by_name?: string | null;
					may_enforce?: boolean;
					name?: string;
					scope?: string;
					short_name?: string;
					template?: Json;
					version?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'agency_versions_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					}
				];
			};
			answers: {
				Row: {
					answer: string;
					enterprise_id: string;
					inspection_id: string;
					item_code: string;
					item_id: string;
					part: string;
					scope: string;
				};
				Insert: {
					answer: string;
					enterprise_id: string;
					inspection_id: string;
					item_code: string;
					item_id: string;
					part: string;
					scope: string;
				};
				Update: {
					answer?: string;
					enterprise_id?: string;
					inspection_id?: string;
					item_code?: string;
					item_id?: string;
					part?: string;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'answers_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'answers_item_id_fkey';
						columns: ['item_id'];
						isOneToOne: false;
						referencedRelation: 'checklist_items';
						referencedColumns: ['id'];
					}
				];
			};
			api_keys: {
				Row: {
					collections: string[];
					created_at: string;
					created_by: string;
					created_by_name: string;
					expires_on: string;
					id: string;
					key_hint: string;
					key_sha256: string;
					last_used_at: string | null;
					name: string;
					personal_data: boolean;
					revoked_at: string | null;
					scope: string;
				};
				Insert: {
					collections: string[];
					created_at?: string;
					created_by: string;
					created_by_name: string;
					expires_on: string;
					id: string;
					key_hint: string;
					key_sha256: string;
					last_used_at?: string | null;
					name: string;
					personal_data?: boolean;
					revoked_at?: string | null;
					scope: string;
				};
				Update: {
					collections?: string[];
					created_at?: string;
					created_by?: string;
					created_by_name?: string;
					expires_on?: string;
					id?: string;
					key_hint?: string;
					key_sha256?: string;
					last_used_at?: string | null;
					name?: string;
					personal_data?: boolean;
					revoked_at?: string | null;
					scope?: string;
				};
				Relationships: [];
			};
			area_versions: {
				Row: {
					area_id: string;
					boundary_note: string | null;
					changed_at: string;
					changed_by: string | null;
					id: string;
					is_sample: boolean;
					local_code: string | null;
					name: string;
					official_code: string | null;
					reason: string | null;
					scope: string;
					source: string;
					valid_from: string;
					valid_to: string | null;
				};
				Insert: {
					area_id: string;
					boundary_note?: string | null;
					changed_at?: string;
					changed_by?: string | null;
					id?: string;
					is_sample?: boolean;
					local_code?: string | null;
					name: string;
					official_code?: string | null;
					reason?: string | null;
					scope: string;
					source?: string;
					valid_from: string;
					valid_to?: string | null;
				};
				Update: {
					area_id?: string;
					boundary_note?: string | null;
					changed_at?: string;
					changed_by?: string | null;
					id?: string;
					is_sample?: boolean;
					local_code?: string | null;
					name?: string;
					official_code?: string | null;
					reason?: string | null;
					scope?: string;
					source?: string;
					valid_from?: string;
					valid_to?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'area_versions_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			areas: {
				Row: { created_at: string; id: string; level: string; parent_id: string | null; scope: string };
				Insert: { created_at?: string; id?: string; level: string; parent_id?: string | null; scope: string };
				Update: {
					created_at?: string;
					id?: string;
					level?: string;
					parent_id?: string | null;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'areas_parent_id_fkey';
						columns: ['parent_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					}
				];
			};
			attention_scores: {
				Row: {
					as_of: string;
					enterprise_id: string;
					pack_version: string;
					reasons: Json;
					scope: string;
					score: number | null;
				};
				Insert: {
					as_of: string;
					enterprise_id: string;
					pack_version: string;
					reasons: Json;
					scope: string;
					score?: number | null;
				};
				Update: {
					as_of?: string;
					enterprise_id?: string;
					pack_version?: string;
					reasons?: Json;
					scope?: string;
					score?: number | null;
				};
				Relationships: [
					{
						foreignKeyName: 'attention_scores_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: true;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			audit_log: {
				Row: {
					action: string;
					at: string;
					details: Json;
					id: number;
					object: string | null;
					scope: string | null;
					succeeded: boolean;
					user_id: string | null;
				};
				Insert: {
					action: string;
					at?: string;
					details?: Json;
					id?: never;
					object?: string | null;
					scope?: string | null;
					succeeded: boolean;
					user_id?: string | null;
				};
				Update: {
					action?: string;
					at?: string;
					details?: Json;
					id?: never;
					object?: string | null;
					scope?: string | null;
					succeeded?: boolean;
					user_id?: string | null;
				};
				Relationships: [];
			};
			check_ins: {
				Row: {
					accuracy_metres: number | null;
					device_at: string;
					distance_metres: number | null;
					enterprise_id: string;
					inspection_id: string;
					scope: string;
					server_at: string;
					user_id: string;
				};
				Insert: {
					accuracy_metres?: number | null;
					device_at: string;
					distance_metres?: number | null;
					enterprise_id: string;
					inspection_id: string;
					scope: string;
					server_at?: string;
					user_id: string;
				};
				Update: {
					accuracy_metres?: number | null;
					device_at?: string;
					distance_metres?: number | null;
					enterprise_id?: string;
					inspection_id?: string;
					scope?: string;
					server_at?: string;
					user_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'check_ins_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			check_ratings: {
				Row: {
					comment: string | null;
					conducted_properly: boolean;
					enterprise_id: string;
					followed_checklist: boolean;
					id: string;
					inspection_id: string;
					officer_ids: string[];
					overall: number;
					rated_on: string;
					scope: string;
					showed_certificate: boolean;
					task_id: string;
				};
				Insert: {
					comment?: string | null;
					conducted_properly: boolean;
					enterprise_id: string;
					followed_checklist: boolean;
					id?: string;
					inspection_id: string;
					officer_ids: string[];
					overall: number;
					rated_on?: string;
					scope: string;
					showed_certificate: boolean;
					task_id: string;
				};
				Update: {
					comment?: string | null;
					conducted_properly?: boolean;
					enterprise_id?: string;
					followed_checklist?: boolean;
					id?: string;
					inspection_id?: string;
					officer_ids?: string[];
					overall?: number;
					rated_on?: string;
					scope?: string;
					showed_certificate?: boolean;
					task_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'check_ratings_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'check_ratings_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'check_ratings_task_id_fkey';
						columns: ['task_id'];
						isOneToOne: true;
						referencedRelation: 'check_tasks';
						referencedColumns: ['id'];
					}
				];
			};
			check_tasks: {
				Row: {
					agency_id: string;
					authority: string | null;
					checklists: Json;
					companion_id: string | null;
					enterprise_id: string;
					id: string;
					kind: string;
					nth_of_year: number;
					officers: Json;
					opened_at: string;
					opened_by: string;
					scope: string;
					stated_at: string;
					statements: number;
					task_source: string | null;
					token_sha256: string;
					track: string;
				};
				Insert: {
					agency_id: string;
					authority?: string | null;
					checklists: Json;
					companion_id?: string | null;
					enterprise_id: string;
					id: string;
					kind: string;
					nth_of_year: number;
					officers: Json;
					opened_at?: string;
					opened_by: string;
					scope: string;
					stated_at?: string;
					statements?: number;
					task_source?: string | null;
					token_sha256: string;
					track: string;
				};
				Update: {
					agency_id?: string;
					authority?: string | null;
					checklists?: Json;
					companion_id?: string | null;
					enterprise_id?: string;
					id?: string;
					kind?: string;
					nth_of_year?: number;
					officers?: Json;
					opened_at?: string;
					opened_by?: string;
					scope?: string;
					stated_at?: string;
					statements?: number;
					task_source?: string | null;
					token_sha256?: string;
					track?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'check_tasks_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'check_tasks_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			checklist_items: {
				Row: {
					acceptance: string;
					cause: string;
					code: string;
					days_to_rectify: number;
					hazard: string;
					id: string;
					is_sample: boolean;
					legal_basis: string | null;
					major_hint: string | null;
					part: string;
					position: number;
					question: string;
					severity: string;
					source: string;
					version_id: string;
				};
				Insert: {
					acceptance: string;
					cause: string;
					code: string;
					days_to_rectify: number;
					hazard: string;
					id: string;
					is_sample?: boolean;
					legal_basis?: string | null;
					major_hint?: string | null;
					part: string;
					position: number;
					question: string;
					severity?: string;
					source?: string;
					version_id: string;
				};
				Update: {
					acceptance?: string;
					cause?: string;
					code?: string;
					days_to_rectify?: number;
					hazard?: string;
					id?: string;
					is_sample?: boolean;
					legal_basis?: string | null;
					major_hint?: string | null;
					part?: string;
					position?: number;
					question?: string;
					severity?: string;
					source?: string;
					version_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'checklist_items_version_id_fkey';
						columns: ['version_id'];
						isOneToOne: false;
						referencedRelation: 'checklist_versions';
						referencedColumns: ['id'];
					}
				];
			};
			checklist_versions: {
				Row: {
					checklist_id: string;
					first_used_at: string | null;
					id: string;
					is_sample: boolean;
					source: string;
					valid_from: string;
					version: number;
				};
				Insert: {
					checklist_id: string;
					first_used_at?: string | null;
					id: string;
					is_sample?: boolean;
					source?: string;
					valid_from: string;
					version: number;
				};
				Update: {
					checklist_id?: string;
					first_used_at?: string | null;
					id?: string;
					is_sample?: boolean;
					source?: string;
					valid_from?: string;
					version?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'checklist_versions_checklist_id_fkey';
						columns: ['checklist_id'];
						isOneToOne: false;
						referencedRelation: 'checklists';
						referencedColumns: ['id'];
					}
				];
			};
			checklists: {
				Row: {
					code: string;
					id: string;
					kind: string;
					name_en: string;
					name_zh: string;
					risk_tag: string | null;
					site_type: string | null;
				};
				Insert: {
					code: string;
					id: string;
					kind: string;
					name_en: string;
					name_zh: string;
					risk_tag?: string | null;
					site_type?: string | null;
				};
				Update: {
					code?: string;
					id?: string;
					kind?: string;
					name_en?: string;
					name_zh?: string;
					risk_tag?: string | null;
					site_type?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'checklists_risk_tag_fkey';
						columns: ['risk_tag'];
						isOneToOne: false;
						referencedRelation: 'risk_tags';
						referencedColumns: ['code'];
					},
					{
						foreignKeyName: 'checklists_site_type_fkey';
						columns: ['site_type'];
						isOneToOne: false;
						referencedRelation: 'site_types';
						referencedColumns: ['code'];
					}
				];
			};
			corrections: {
				Row: {
					at: string;
					by_id: string;
					by_name: string;
					by_role: string;
					enterprise_id: string;
					id: string;
					is_internal: boolean;
					number: number;
					reason: string;
					scope: string;
					subject_id: string;
					supersedes: string;
				};
				Insert: {
					at: string;
					by_id: string;
					by_name: string;
					by_role: string;
					enterprise_id: string;
					id: string;
					is_internal?: boolean;
					number: number;
					reason: string;
					scope: string;
					subject_id: string;
					supersedes: string;
				};
				Update: {
					at?: string;
					by_id?: string;
					by_name?: string;
					by_role?: string;
					enterprise_id?: string;
					id?: string;
					is_internal?: boolean;
					number?: number;
					reason?: string;
					scope?: string;
					subject_id?: string;
					supersedes?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'corrections_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'corrections_id_fkey';
						columns: ['id'];
						isOneToOne: true;
						referencedRelation: 'records';
						referencedColumns: ['subject_id'];
					},
					{
						foreignKeyName: 'corrections_supersedes_fkey';
						columns: ['supersedes'];
						isOneToOne: true;
						referencedRelation: 'records';
						referencedColumns: ['subject_id'];
					}
				];
			};
			cosignatures: {
				Row: {
					at: string;
					content_sha256: string;
					cosignature_text: string;
					inspection_id: string;
					scope: string;
					user_id: string;
				};
				Insert: {
					at?: string;
					content_sha256: string;
					cosignature_text: string;
					inspection_id: string;
					scope: string;
					user_id: string;
				};
				Update: {
					at?: string;
					content_sha256?: string;
					cosignature_text?: string;
					inspection_id?: string;
					scope?: string;
					user_id?: string;
				};
				Relationships: [];
			};
			deliveries: {
				Row: {
					code_sha256: string;
					enterprise_id: string;
					expires_at: string;
					failed_codes: number;
					id: string;
					inspection_id: string | null;
					last_failed_at: string | null;
					opened_at: string | null;
					paper_token_sha256: string;
					received_at: string | null;
					received_by: string | null;
					received_means: string | null;
					revoked_at: string | null;
					scope: string;
					screen_token_sha256: string;
					serial: number;
				};
				Insert: {
					code_sha256: string;
					enterprise_id: string;
					expires_at: string;
					failed_codes?: number;
					id: string;
					inspection_id?: string | null;
					last_failed_at?: string | null;
					opened_at?: string | null;
					paper_token_sha256: string;
					received_at?: string | null;
					received_by?: string | null;
					received_means?: string | null;
					revoked_at?: string | null;
					scope: string;
					screen_token_sha256: string;
					serial?: number;
				};
				Update: {
					code_sha256?: string;
					enterprise_id?: string;
					expires_at?: string;
					failed_codes?: number;
					id?: string;
					inspection_id?: string | null;
					last_failed_at?: string | null;
					opened_at?: string | null;
					paper_token_sha256?: string;
					received_at?: string | null;
					received_by?: string | null;
					received_means?: string | null;
					revoked_at?: string | null;
					scope?: string;
					screen_token_sha256?: string;
					serial?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'deliveries_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'deliveries_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: true;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			delivery_events: {
				Row: {
					answers: number | null;
					at: string;
					by_name: string | null;
					delivery_id: string;
					enterprise_id: string;
					id: number;
					kind: string;
					means: string | null;
					note: string | null;
					scope: string;
				};
				Insert: {
					answers?: number | null;
					at?: string;
					by_name?: string | null;
					delivery_id: string;
					enterprise_id: string;
					id?: never;
					kind: string;
					means?: string | null;
					note?: string | null;
					scope: string;
				};
				Update: {
					answers?: number | null;
					at?: string;
					by_name?: string | null;
					delivery_id?: string;
					enterprise_id?: string;
					id?: never;
					kind?: string;
					means?: string | null;
					note?: string | null;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'delivery_events_answers_fkey';
						columns: ['answers'];
						isOneToOne: true;
						referencedRelation: 'delivery_events';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'delivery_events_delivery_id_fkey';
						columns: ['delivery_id'];
						isOneToOne: false;
						referencedRelation: 'deliveries';
						referencedColumns: ['id'];
					}
				];
			};
			device_alarms: {
				Row: {
					alarmed_at: string;
					closed_by: string | null;
					closed_on: string | null;
					closing_reason: string | null;
					device: string;
					enterprise_id: string;
					id: string;
					inspection_id: string | null;
					kind: string;
					note: string | null;
					recorded_at: string;
					recorded_by: string;
					scope: string;
					source: string;
					state: string;
				};
				Insert: {
					alarmed_at: string;
					closed_by?: string | null;
					closed_on?: string | null;
					closing_reason?: string | null;
					device: string;
					enterprise_id: string;
					id?: string;
					inspection_id?: string | null;
					kind: string;
					note?: string | null;
					recorded_at?: string;
					recorded_by: string;
					scope: string;
					source: string;
					state?: string;
				};
				Update: {
					alarmed_at?: string;
					closed_by?: string | null;
					closed_on?: string | null;
					closing_reason?: string | null;
					device?: string;
					enterprise_id?: string;
					id?: string;
					inspection_id?: string | null;
					kind?: string;
					note?: string | null;
					recorded_at?: string;
					recorded_by?: string;
					scope?: string;
					source?: string;
					state?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'device_alarms_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'device_alarms_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			document_counters: {
				Row: { agency_id: string; kind: string; last_number: number; track: string; year: number };
				Insert: { agency_id: string; kind: string; last_number?: number; track: string; year: number };
				Update: { agency_id?: string; kind?: string; last_number?: number; track?: string; year?: number };
				Relationships: [
					{
						foreignKeyName: 'document_counters_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					}
				];
			};
			document_signatures: {
				Row: {
					certificate_sha256: string;
					enterprise_id: string;
					id: string;
					is_internal: boolean;
					issuer: string;
					level: string;
					pdf_sha256: string;
					scope: string;
					signed_at: string;
					signed_bytes: number;
					signed_sha256: string;
					subject: string;
					valid_until: string;
				};
				Insert: {
					certificate_sha256: string;
					enterprise_id: string;
					id: string;
					is_internal: boolean;
					issuer: string;
					level: string;
					pdf_sha256: string;
					scope: string;
					signed_at: string;
					signed_bytes: number;
					signed_sha256: string;
					subject: string;
					valid_until: string;
				};
				Update: {
					certificate_sha256?: string;
					enterprise_id?: string;
					id?: string;
					is_internal?: boolean;
					issuer?: string;
					level?: string;
					pdf_sha256?: string;
					scope?: string;
					signed_at?: string;
					signed_bytes?: number;
					signed_sha256?: string;
					subject?: string;
					valid_until?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'document_signatures_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_signatures_id_fkey';
						columns: ['id'];
						isOneToOne: true;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					}
				];
			};
			document_voids: {
				Row: {
					at: string;
					by_id: string;
					by_name: string;
					document_id: string;
					reason: string;
					scope: string;
				};
				Insert: {
					at?: string;
					by_id: string;
					by_name: string;
					document_id: string;
					reason: string;
					scope: string;
				};
				Update: {
					at?: string;
					by_id?: string;
					by_name?: string;
					document_id?: string;
					reason?: string;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'document_voids_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: true;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					}
				];
			};
			documents: {
				Row: {
					agency: Json;
					agency_id: string;
					delivery_id: string | null;
					enterprise_id: string;
					id: string;
					inspection_id: string | null;
					issued_at: string;
					kind: string;
					number: number;
					number_text: string;
					pdf_bytes: number | null;
					pdf_sha256: string | null;
					record_position: number;
					render_attempts: number;
					render_problem: Json | null;
					render_retry_at: string | null;
					rendered_at: string | null;
					scope: string;
					state: string;
					template_version: string | null;
					track: string;
					year: number;
				};
				Insert: {
					agency: Json;
					agency_id: string;
					delivery_id?: string | null;
					enterprise_id: string;
					id?: string;
					inspection_id?: string | null;
					issued_at: string;
					kind: string;
					number: number;
					number_text: string;
					pdf_bytes?: number | null;
					pdf_sha256?: string | null;
					record_position: number;
					render_attempts?: number;
					render_problem?: Json | null;
					render_retry_at?: string | null;
					rendered_at?: string | null;
					scope: string;
					state?: string;
					template_version?: string | null;
					track: string;
					year: number;
				};
				Update: {
					agency?: Json;
					agency_id?: string;
					delivery_id?: string | null;
					enterprise_id?: string;
					id?: string;
					inspection_id?: string | null;
					issued_at?: string;
					kind?: string;
					number?: number;
					number_text?: string;
					pdf_bytes?: number | null;
					pdf_sha256?: string | null;
					record_position?: number;
					render_attempts?: number;
					render_problem?: Json | null;
					render_retry_at?: string | null;
					rendered_at?: string | null;
					scope?: string;
					state?: string;
					template_version?: string | null;
					track?: string;
					year?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'documents_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_delivery';
						columns: ['delivery_id'];
						isOneToOne: false;
						referencedRelation: 'deliveries';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_record_position_fkey';
						columns: ['record_position'];
						isOneToOne: false;
						referencedRelation: 'records';
						referencedColumns: ['position'];
					}
				];
			};
			enterprise_principals: {
				Row: {
					enterprise_id: string;
					principal_id: string;
					scope: string;
					valid_from: string;
					valid_to: string | null;
				};
				Insert: {
					enterprise_id: string;
					principal_id: string;
					scope: string;
					valid_from: string;
					valid_to?: string | null;
				};
				Update: {
					enterprise_id?: string;
					principal_id?: string;
					scope?: string;
					valid_from?: string;
					valid_to?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'enterprise_principals_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'enterprise_principals_principal_id_fkey';
						columns: ['principal_id'];
						isOneToOne: false;
						referencedRelation: 'principals';
						referencedColumns: ['id'];
					}
				];
			};
			enterprise_tallies: {
				Row: {
					enterprise_id: string;
					inspections: number;
					last_inspected_on: string | null;
					next_deadline: string | null;
					open_hazards: number;
					open_major: number;
					scope: string;
				};
				Insert: {
					enterprise_id: string;
					inspections?: number;
					last_inspected_on?: string | null;
					next_deadline?: string | null;
					open_hazards?: number;
					open_major?: number;
					scope: string;
				};
				Update: {
					enterprise_id?: string;
					inspections?: number;
					last_inspected_on?: string | null;
					next_deadline?: string | null;
					open_hazards?: number;
					open_major?: number;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'enterprise_tallies_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: true;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			enterprises: {
				Row: {
					address: string;
					area_id: string | null;
					contact_name: string | null;
					contact_phone: string | null;
					created_at: string;
					created_by: string | null;
					credit_code: string | null;
					credit_code_absence: string | null;
					external_ref: string | null;
					id: string;
					industry_code: string | null;
					is_sample: boolean;
					latitude: number | null;
					location_crs: string;
					location_source: string;
					longitude: number | null;
					name: string;
					name_initials: string;
					ordinal: number;
					risk_level: string | null;
					scope: string;
					serving_institution: string | null;
					site_type: string;
					source: string;
					standardisation_level: string | null;
					status: string;
					supervising_department: string | null;
					tags: string[];
					updated_at: string;
				};
				Insert: {
					address?: string;
					area_id?: string | null;
					contact_name?: string | null;
					contact_phone?: string | null;
					created_at?: string;
					created_by?: string | null;
					credit_code?: string | null;
					credit_code_absence?: string | null;
					external_ref?: string | null;
					id?: string;
					industry_code?: string | null;
					is_sample?: boolean;
					latitude?: never;
					location_crs?: string;
					location_source?: string;
					longitude?: never;
					name: string;
					name_initials?: string;
					ordinal?: never;
					risk_level?: string | null;
					scope: string;
					serving_institution?: string | null;
					site_type: string;
					source?: string;
					standardisation_level?: string | null;
					status?: string;
					supervising_department?: string | null;
					tags?: string[];
					updated_at?: string;
				};
				Update: {
					address?: string;
					area_id?: string | null;
					contact_name?: string | null;
					contact_phone?: string | null;
					created_at?: string;
					created_by?: string | null;
					credit_code?: string | null;
					credit_code_absence?: string | null;
					external_ref?: string | null;
					id?: string;
					industry_code?: string | null;
					is_sample?: boolean;
					latitude?: never;
					location_crs?: string;
					location_source?: string;
					longitude?: never;
					name?: string;
					name_initials?: string;
					ordinal?: never;
					risk_level?: string | null;
					scope?: string;
					serving_institution?: string | null;
					site_type?: string;
					source?: string;
					standardisation_level?: string | null;
					status?: string;
					supervising_department?: string | null;
					tags?: string[];
					updated_at?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'enterprises_area_id_fkey';
						columns: ['area_id'];
						isOneToOne: false;
						referencedRelation: 'areas';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'enterprises_site_type_fkey';
						columns: ['site_type'];
						isOneToOne: false;
						referencedRelation: 'site_types';
						referencedColumns: ['code'];
					}
				];
			};
			escalations: {
				Row: {
					deadline: string;
					decided_at: string | null;
					decided_by: string | null;
					decider_name: string | null;
					document_id: string | null;
					enterprise_id: string;
					hazards: number;
					id: string;
					inspection_id: string;
					note: string | null;
					proposed_on: string;
					scope: string;
					state: string;
					step: number;
				};
				Insert: {
					deadline: string;
					decided_at?: string | null;
					decided_by?: string | null;
					decider_name?: string | null;
					document_id?: string | null;
					enterprise_id: string;
					hazards: number;
					id?: string;
					inspection_id: string;
					note?: string | null;
					proposed_on: string;
					scope: string;
					state?: string;
					step: number;
				};
				Update: {
					deadline?: string;
					decided_at?: string | null;
					decided_by?: string | null;
					decider_name?: string | null;
					document_id?: string | null;
					enterprise_id?: string;
					hazards?: number;
					id?: string;
					inspection_id?: string;
					note?: string | null;
					proposed_on?: string;
					scope?: string;
					state?: string;
					step?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'escalations_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: true;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'escalations_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'escalations_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			events: {
				Row: {
					at: string;
					data: Json;
					enterprise_id: string | null;
					hash: string;
					kind: string;
					position: number;
					previous_hash: string;
					scope: string;
				};
				Insert: {
					at: string;
					data?: Json;
					enterprise_id?: string | null;
					hash: string;
					kind: string;
					position: number;
					previous_hash: string;
					scope: string;
				};
				Update: {
					at?: string;
					data?: Json;
					enterprise_id?: string | null;
					hash?: string;
					kind?: string;
					position?: number;
					previous_hash?: string;
					scope?: string;
				};
				Relationships: [];
			};
			evidence: {
				Row: { bytes: number; media_type: string; sha256: string; stored_at: string };
				Insert: { bytes: number; media_type: string; sha256: string; stored_at?: string };
				Update: { bytes?: number; media_type?: string; sha256?: string; stored_at?: string };
				Relationships: [];
			};
			evidence_uploads: {
				Row: { at: string; sha256: string; uploader: string };
				Insert: { at?: string; sha256: string; uploader: string };
				Update: { at?: string; sha256?: string; uploader?: string };
				Relationships: [
					{
						foreignKeyName: 'evidence_uploads_sha256_fkey';
						columns: ['sha256'];
						isOneToOne: false;
						referencedRelation: 'evidence';
						referencedColumns: ['sha256'];
					}
				];
			};
			evidence_uses: {
				Row: {
					enterprise_id: string;
					extension_id: string | null;
					fact_id: string | null;
					hazard_id: string | null;
					id: string;
					inspection_id: string | null;
					latitude: number | null;
					longitude: number | null;
					major_step_id: string | null;
					measure_id: string | null;
					paper_receipt_id: string | null;
					position: number;
					purpose: string;
					rectification_id: string | null;
					registered_event_id: string | null;
					scope: string;
					sha256: string;
					taken_at: string | null;
				};
				Insert: {
					enterprise_id: string;
					extension_id?: string | null;
					fact_id?: string | null;
					hazard_id?: string | null;
					id?: string;
					inspection_id?: string | null;
					latitude?: number | null;
					longitude?: number | null;
					major_step_id?: string | null;
					measure_id?: string | null;
					paper_receipt_id?: string | null;
					position?: number;
					purpose: string;
					rectification_id?: string | null;
					registered_event_id?: string | null;
					scope: string;
					sha256: string;
					taken_at?: string | null;
				};
				Update: {
					enterprise_id?: string;
					extension_id?: string | null;
					fact_id?: string | null;
					hazard_id?: string | null;
					id?: string;
					inspection_id?: string | null;
					latitude?: number | null;
					longitude?: number | null;
					major_step_id?: string | null;
					measure_id?: string | null;
					paper_receipt_id?: string | null;
					position?: number;
					purpose?: string;
					rectification_id?: string | null;
					registered_event_id?: string | null;
					scope?: string;
					sha256?: string;
					taken_at?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'evidence_uses_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'evidence_uses_sha256_fkey';
						columns: ['sha256'];
						isOneToOne: false;
						referencedRelation: 'evidence';
						referencedColumns: ['sha256'];
					}
				];
			};
			facts: {
				Row: {
					data: Json;
					decided_by: string | null;
					enterprise_id: string;
					hazard_id: string | null;
					id: string;
					inspection_id: string | null;
					kind: string;
					occurred_on: string;
					ordinal: number;
					recorded_at: string;
					scope: string;
				};
				Insert: {
					data?: Json;
					decided_by?: string | null;
					enterprise_id: string;
					hazard_id?: string | null;
					id?: string;
					inspection_id?: string | null;
					kind: string;
					occurred_on: string;
					ordinal?: never;
					recorded_at?: string;
					scope: string;
				};
				Update: {
					data?: Json;
					decided_by?: string | null;
					enterprise_id?: string;
					hazard_id?: string | null;
					id?: string;
					inspection_id?: string | null;
					kind?: string;
					occurred_on?: string;
					ordinal?: never;
					recorded_at?: string;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'facts_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'facts_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: false;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'facts_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			frozen_months: {
				Row: { attributes: string[]; frozen_at: string; known_until: string; month: string };
				Insert: { attributes: string[]; frozen_at?: string; known_until: string; month: string };
				Update: { attributes?: string[]; frozen_at?: string; known_until?: string; month?: string };
				Relationships: [];
			};
			hazard_extensions: {
				Row: {
					asked_at: string;
					asked_by: string;
					decided_at: string | null;
					decided_by: string | null;
					decider_name: string | null;
					delivery_id: string;
					enterprise_id: string;
					granted_until: string | null;
					hazard_id: string;
					id: string;
					note: string | null;
					reason: string;
					request_id: string;
					scope: string;
					standing_deadline: string;
					state: string;
					wished: string;
				};
				Insert: {
					asked_at?: string;
					asked_by: string;
					decided_at?: string | null;
					decided_by?: string | null;
					decider_name?: string | null;
					delivery_id: string;
					enterprise_id: string;
					granted_until?: string | null;
					hazard_id: string;
					id?: string;
					note?: string | null;
					reason: string;
					request_id: string;
					scope: string;
					standing_deadline: string;
					state?: string;
					wished: string;
				};
				Update: {
					asked_at?: string;
					asked_by?: string;
					decided_at?: string | null;
					decided_by?: string | null;
					decider_name?: string | null;
					delivery_id?: string;
					enterprise_id?: string;
					granted_until?: string | null;
					hazard_id?: string;
					id?: string;
					note?: string | null;
					reason?: string;
					request_id?: string;
					scope?: string;
					standing_deadline?: string;
					state?: string;
					wished?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'hazard_extensions_delivery_id_fkey';
						columns: ['delivery_id'];
						isOneToOne: false;
						referencedRelation: 'deliveries';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hazard_extensions_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hazard_extensions_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: false;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					}
				];
			};
			hazard_transitions: {
				Row: {
					at: string;
					cause_id: string;
					cause_kind: string;
					day: string;
					deadline: string | null;
					enterprise_id: string;
					from_state: string | null;
					hazard_id: string;
					id: number;
					note: string | null;
					scope: string;
					to_state: string;
				};
				Insert: {
					at: string;
					cause_id: string;
					cause_kind: string;
					day: string;
					deadline?: string | null;
					enterprise_id: string;
					from_state?: string | null;
					hazard_id: string;
					id?: never;
					note?: string | null;
					scope: string;
					to_state: string;
				};
				Update: {
					at?: string;
					cause_id?: string;
					cause_kind?: string;
					day?: string;
					deadline?: string | null;
					enterprise_id?: string;
					from_state?: string | null;
					hazard_id?: string;
					id?: never;
					note?: string | null;
					scope?: string;
					to_state?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'hazard_transitions_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: false;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					}
				];
			};
			hazards: {
				Row: {
					acceptance: string | null;
					accepted_on: string | null;
					cause: string;
					clause: string | null;
					closed_on: string | null;
					deadline: string | null;
					description: string;
					enterprise_id: string;
					extended: number;
					found_on: string;
					id: string;
					in_time: boolean;
					inspection_id: string;
					item_code: string | null;
					item_id: string | null;
					latitude: number | null;
					legal_basis: string | null;
					longitude: number | null;
					measure: string;
					part: string;
					position: number;
					recurrence: boolean;
					reopened: number;
					scope: string;
					severity: string;
					site_type: string;
					state: string;
				};
				Insert: {
					acceptance?: string | null;
					accepted_on?: string | null;
					cause: string;
					clause?: string | null;
					closed_on?: string | null;
					deadline?: string | null;
					description: string;
					enterprise_id: string;
					extended?: number;
					found_on: string;
					id: string;
					in_time?: boolean;
					inspection_id: string;
					item_code?: string | null;
					item_id?: string | null;
					latitude?: number | null;
					legal_basis?: string | null;
					longitude?: number | null;
					measure: string;
					part: string;
					position: number;
					recurrence?: boolean;
					reopened?: number;
					scope: string;
					severity: string;
					site_type: string;
					state: string;
				};
				Update: {
					acceptance?: string | null;
					accepted_on?: string | null;
					cause?: string;
					clause?: string | null;
					closed_on?: string | null;
					deadline?: string | null;
					description?: string;
					enterprise_id?: string;
					extended?: number;
					found_on?: string;
					id?: string;
					in_time?: boolean;
					inspection_id?: string;
					item_code?: string | null;
					item_id?: string | null;
					latitude?: number | null;
					legal_basis?: string | null;
					longitude?: number | null;
					measure?: string;
					part?: string;
					position?: number;
					recurrence?: boolean;
					reopened?: number;
					scope?: string;
					severity?: string;
					site_type?: string;
					state?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'hazards_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hazards_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'hazards_item_id_fkey';
						columns: ['item_id'];
						isOneToOne: false;
						referencedRelation: 'checklist_items';
						referencedColumns: ['id'];
					}
				];
			};
			inspection_offers: {
				Row: {
					companion_id: string;
					content_sha256: string;
					content_text: string;
					enterprise_id: string;
					inspection_id: string;
					offered_at: string;
					offered_by: string;
					scope: string;
				};
				Insert: {
					companion_id: string;
					content_sha256: string;
					content_text: string;
					enterprise_id: string;
					inspection_id: string;
					offered_at?: string;
					offered_by: string;
					scope: string;
				};
				Update: {
					companion_id?: string;
					content_sha256?: string;
					content_text?: string;
					enterprise_id?: string;
					inspection_id?: string;
					offered_at?: string;
					offered_by?: string;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'inspection_offers_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			inspection_plan_steps: {
				Row: {
					act: string;
					at: string;
					body: Json | null;
					by_id: string;
					by_name: string;
					note: string | null;
					number: number;
					plan_id: string;
					scope: string;
				};
				Insert: {
					act: string;
					at?: string;
					body?: Json | null;
					by_id: string;
					by_name: string;
					note?: string | null;
					number: number;
					plan_id: string;
					scope: string;
				};
				Update: {
					act?: string;
					at?: string;
					body?: Json | null;
					by_id?: string;
					by_name?: string;
					note?: string | null;
					number?: number;
					plan_id?: string;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'inspection_plan_steps_plan_id_fkey';
						columns: ['plan_id'];
						isOneToOne: false;
						referencedRelation: 'inspection_plans';
						referencedColumns: ['id'];
					}
				];
			};
			inspection_plans: {
				Row: {
					agency_id: string;
					body: Json;
					drafter_id: string;
					drafter_name: string;
					enterprise_id: string;
					id: string;
					scope: string;
					state: string;
					steps: number;
					submitted_at: string;
				};
				Insert: {
					agency_id: string;
					body: Json;
					drafter_id: string;
					drafter_name: string;
					enterprise_id: string;
					id: string;
					scope: string;
					state: string;
					steps?: number;
					submitted_at?: string;
				};
				Update: {
					agency_id?: string;
					body?: Json;
					drafter_id?: string;
					drafter_name?: string;
					enterprise_id?: string;
					id?: string;
					scope?: string;
					state?: string;
					steps?: number;
					submitted_at?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'inspection_plans_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'inspection_plans_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			inspections: {
				Row: {
					accuracy_metres: number | null;
					adopted_by: string | null;
					agency_id: string;
					checked_in_at: string;
					clock_suspect: boolean;
					companion_id: string | null;
					companion_name: string | null;
					distance_metres: number | null;
					electronic_delivery: boolean;
					ended_at: string;
					enterprise_id: string;
					id: string;
					inspected_on: string;
					inspector_id: string;
					inspector_name: string;
					kind: string;
					not_checked_kind: string | null;
					nth_of_year: number;
					on_site_outcome: string | null;
					outcome: string;
					position_reason: string | null;
					provisional_points: number | null;
					rechecks: string | null;
					scope: string;
					sealed_at: string;
					site_type: string;
					track: string;
				};
				Insert: {
					accuracy_metres?: number | null;
					adopted_by?: string | null;
					agency_id: string;
					checked_in_at: string;
					clock_suspect?: boolean;
					companion_id?: string | null;
					companion_name?: string | null;
					distance_metres?: number | null;
					electronic_delivery?: boolean;
					ended_at: string;
					enterprise_id: string;
					id: string;
					inspected_on: string;
					inspector_id: string;
					inspector_name: string;
					kind: string;
					not_checked_kind?: string | null;
					nth_of_year: number;
					on_site_outcome?: string | null;
					outcome: string;
					position_reason?: string | null;
					provisional_points?: number | null;
					rechecks?: string | null;
					scope: string;
					sealed_at: string;
					site_type: string;
					track: string;
				};
				Update: {
					accuracy_metres?: number | null;
					adopted_by?: string | null;
					agency_id?: string;
					checked_in_at?: string;
					clock_suspect?: boolean;
					companion_id?: string | null;
					companion_name?: string | null;
					distance_metres?: number | null;
					electronic_delivery?: boolean;
					ended_at?: string;
					enterprise_id?: string;
					id?: string;
					inspected_on?: string;
					inspector_id?: string;
					inspector_name?: string;
					kind?: string;
					not_checked_kind?: string | null;
					nth_of_year?: number;
					on_site_outcome?: string | null;
					outcome?: string;
					position_reason?: string | null;
					provisional_points?: number | null;
					rechecks?: string | null;
					scope?: string;
					sealed_at?: string;
					site_type?: string;
					track?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'inspections_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'inspections_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'inspections_rechecks_fkey';
						columns: ['rechecks'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			invitations: {
				Row: {
					accepted_at: string | null;
					accepted_by: string | null;
					agency_id: string | null;
					created_at: string;
					created_by: string | null;
					display_name: string | null;
					enterprise_id: string | null;
					expires_at: string;
					id: string;
					licence_number: string | null;
					licence_valid_until: string | null;
					revoked_at: string | null;
					role: string;
					scope: string;
					token_sha256: string;
				};
				Insert: {
					accepted_at?: string | null;
					accepted_by?: string | null;
					agency_id?: string | null;
					created_at?: string;
					created_by?: string | null;
					display_name?: string | null;
					enterprise_id?: string | null;
					expires_at: string;
					id?: string;
					licence_number?: string | null;
					licence_valid_until?: string | null;
					revoked_at?: string | null;
					role: string;
					scope: string;
					token_sha256: string;
				};
				Update: {
					accepted_at?: string | null;
					accepted_by?: string | null;
					agency_id?: string | null;
					created_at?: string;
					created_by?: string | null;
					display_name?: string | null;
					enterprise_id?: string | null;
					expires_at?: string;
					id?: string;
					licence_number?: string | null;
					licence_valid_until?: string | null;
					revoked_at?: string | null;
					role?: string;
					scope?: string;
					token_sha256?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'invitations_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					}
				];
			};
			major_cases: {
				Row: {
					enterprise_id: string;
					hazard_id: string;
					listed_until: string | null;
					plan: string;
					scope: string;
					steps: number;
					stop: string;
				};
				Insert: {
					enterprise_id: string;
					hazard_id: string;
					listed_until?: string | null;
					plan?: string;
					scope: string;
					steps?: number;
					stop?: string;
				};
				Update: {
					enterprise_id?: string;
					hazard_id?: string;
					listed_until?: string | null;
					plan?: string;
					scope?: string;
					steps?: number;
					stop?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'major_cases_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'major_cases_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: true;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					}
				];
			};
			major_steps: {
				Row: {
					act: string;
					after_transition: number;
					at: string;
					by_id: string | null;
					by_name: string;
					delivery_id: string | null;
					enterprise_id: string;
					hazard_id: string;
					id: string;
					number: number;
					on_paper: boolean;
					says: Json;
					scope: string;
				};
				Insert: {
					act: string;
					after_transition: number;
					at?: string;
					by_id?: string | null;
					by_name: string;
					delivery_id?: string | null;
					enterprise_id: string;
					hazard_id: string;
					id: string;
					number: number;
					on_paper?: boolean;
					says: Json;
					scope: string;
				};
				Update: {
					act?: string;
					after_transition?: number;
					at?: string;
					by_id?: string | null;
					by_name?: string;
					delivery_id?: string | null;
					enterprise_id?: string;
					hazard_id?: string;
					id?: string;
					number?: number;
					on_paper?: boolean;
					says?: Json;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'major_steps_delivery_id_fkey';
						columns: ['delivery_id'];
						isOneToOne: false;
						referencedRelation: 'deliveries';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'major_steps_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'major_steps_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: false;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					}
				];
			};
			measures: {
				Row: {
					band: string;
					closed_by: string | null;
					closed_on: string | null;
					closing_note: string | null;
					code: string;
					deadline: string | null;
					enterprise_id: string;
					id: string;
					name: string;
					order_note: string | null;
					ordered_by: string | null;
					ordered_on: string | null;
					owner_id: string | null;
					owner_name: string | null;
					pack_id: string;
					proposed_on: string;
					scope: string;
					state: string;
				};
				Insert: {
					band: string;
					closed_by?: string | null;
					closed_on?: string | null;
					closing_note?: string | null;
					code: string;
					deadline?: string | null;
					enterprise_id: string;
					id?: string;
					name: string;
					order_note?: string | null;
					ordered_by?: string | null;
					ordered_on?: string | null;
					owner_id?: string | null;
					owner_name?: string | null;
					pack_id: string;
					proposed_on: string;
					scope: string;
					state?: string;
				};
				Update: {
					band?: string;
					closed_by?: string | null;
					closed_on?: string | null;
					closing_note?: string | null;
					code?: string;
					deadline?: string | null;
					enterprise_id?: string;
					id?: string;
					name?: string;
					order_note?: string | null;
					ordered_by?: string | null;
					ordered_on?: string | null;
					owner_id?: string | null;
					owner_name?: string | null;
					pack_id?: string;
					proposed_on?: string;
					scope?: string;
					state?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'measures_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			memberships: {
				Row: {
					agency_id: string | null;
					created_at: string;
					display_name: string;
					email: string | null;
					ended_at: string | null;
					enterprise_id: string | null;
					id: string;
					licence_number: string | null;
					licence_valid_until: string | null;
					role: string;
					scope: string;
					user_id: string;
				};
				Insert: {
					agency_id?: string | null;
					created_at?: string;
					display_name: string;
					email?: string | null;
					ended_at?: string | null;
					enterprise_id?: string | null;
					id?: string;
					licence_number?: string | null;
					licence_valid_until?: string | null;
					role: string;
					scope: string;
					user_id: string;
				};
				Update: {
					agency_id?: string | null;
					created_at?: string;
					display_name?: string;
					email?: string | null;
					ended_at?: string | null;
					enterprise_id?: string | null;
					id?: string;
					licence_number?: string | null;
					licence_valid_until?: string | null;
					role?: string;
					scope?: string;
					user_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'memberships_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					}
				];
			};
			monthly_hazards: {
				Row: {
					about_month: string;
					closed: number;
					closed_in_time: number;
					corrected_on_spot: number;
					found: number;
					month: string;
					open: number;
					overdue: number;
					reopened: number;
					scope: string;
					severity: string;
					site_type: string;
				};
				Insert: {
					about_month: string;
					closed: number;
					closed_in_time: number;
					corrected_on_spot: number;
					found: number;
					month: string;
					open: number;
					overdue: number;
					reopened: number;
					scope: string;
					severity: string;
					site_type: string;
				};
				Update: {
					about_month?: string;
					closed?: number;
					closed_in_time?: number;
					corrected_on_spot?: number;
					found?: number;
					month?: string;
					open?: number;
					overdue?: number;
					reopened?: number;
					scope?: string;
					severity?: string;
					site_type?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'monthly_hazards_month_fkey';
						columns: ['month'];
						isOneToOne: false;
						referencedRelation: 'frozen_months';
						referencedColumns: ['month'];
					}
				];
			};
			monthly_occurrences: {
				Row: {
					about_month: string;
					attributes: Json;
					kind: string;
					month: string;
					occurrences: number;
					previous_month: string;
					scope: string;
					site_type: string;
					sites: number;
				};
				Insert: {
					about_month: string;
					attributes: Json;
					kind: string;
					month: string;
					occurrences: number;
					previous_month: string;
					scope: string;
					site_type: string;
					sites: number;
				};
				Update: {
					about_month?: string;
					attributes?: Json;
					kind?: string;
					month?: string;
					occurrences?: number;
					previous_month?: string;
					scope?: string;
					site_type?: string;
					sites?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'monthly_occurrences_month_fkey';
						columns: ['month'];
						isOneToOne: false;
						referencedRelation: 'frozen_months';
						referencedColumns: ['month'];
					}
				];
			};
			monthly_visits: {
				Row: {
					about_month: string;
					checks: number;
					inspections: number;
					month: string;
					operating: number;
					scope: string;
					site_type: string;
					sites: number;
				};
				Insert: {
					about_month: string;
					checks: number;
					inspections: number;
					month: string;
					operating: number;
					scope: string;
					site_type: string;
					sites: number;
				};
				Update: {
					about_month?: string;
					checks?: number;
					inspections?: number;
					month?: string;
					operating?: number;
					scope?: string;
					site_type?: string;
					sites?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'monthly_visits_month_fkey';
						columns: ['month'];
						isOneToOne: false;
						referencedRelation: 'frozen_months';
						referencedColumns: ['month'];
					}
				];
			};
			notice_attempts: {
				Row: {
					begun_at: string | null;
					channel: string;
					ended_at: string | null;
					id: string;
					next_at: string;
					notice_id: string;
					reason: string | null;
					scope: string;
					state: string;
					target: string | null;
					tries: number;
				};
				Insert: {
					begun_at?: string | null;
					channel: string;
					ended_at?: string | null;
					id?: string;
					next_at?: string;
					notice_id: string;
					reason?: string | null;
					scope: string;
					state?: string;
					target?: string | null;
					tries?: number;
				};
				Update: {
					begun_at?: string | null;
					channel?: string;
					ended_at?: string | null;
					id?: string;
					next_at?: string;
					notice_id?: string;
					reason?: string | null;
					scope?: string;
					state?: string;
					target?: string | null;
					tries?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'notice_attempts_notice_id_fkey';
						columns: ['notice_id'];
						isOneToOne: false;
						referencedRelation: 'notices';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notice_attempts_target_fkey';
						columns: ['target'];
						isOneToOne: false;
						referencedRelation: 'push_subscriptions';
						referencedColumns: ['id'];
					}
				];
			};
			notice_choices: {
				Row: { by_email: boolean; by_sms: boolean; changed_at: string; user_id: string };
				Insert: { by_email?: boolean; by_sms?: boolean; changed_at?: string; user_id: string };
				Update: { by_email?: boolean; by_sms?: boolean; changed_at?: string; user_id?: string };
				Relationships: [];
			};
			notices: {
				Row: {
					day: string;
					deadline: string;
					enterprise_id: string;
					hazard_ids: string[];
					id: string;
					kind: string;
					last_deadline: string;
					made_at: string;
					planned_at: string | null;
					role: string;
					scope: string;
					user_id: string;
				};
				Insert: {
					day: string;
					deadline: string;
					enterprise_id: string;
					hazard_ids: string[];
					id?: string;
					kind: string;
					last_deadline: string;
					made_at?: string;
					planned_at?: string | null;
					role: string;
					scope: string;
					user_id: string;
				};
				Update: {
					day?: string;
					deadline?: string;
					enterprise_id?: string;
					hazard_ids?: string[];
					id?: string;
					kind?: string;
					last_deadline?: string;
					made_at?: string;
					planned_at?: string | null;
					role?: string;
					scope?: string;
					user_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'notices_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			paper_receipts: {
				Row: {
					delivery_id: string;
					enterprise_id: string;
					id: string;
					note: string | null;
					recorded_at: string;
					recorded_by: string;
					recorder_name: string;
					scope: string;
					signed_by: string;
					signed_on: string;
				};
				Insert: {
					delivery_id: string;
					enterprise_id: string;
					id: string;
					note?: string | null;
					recorded_at?: string;
					recorded_by: string;
					recorder_name: string;
					scope: string;
					signed_by: string;
					signed_on: string;
				};
				Update: {
					delivery_id?: string;
					enterprise_id?: string;
					id?: string;
					note?: string | null;
					recorded_at?: string;
					recorded_by?: string;
					recorder_name?: string;
					scope?: string;
					signed_by?: string;
					signed_on?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'paper_receipts_delivery_id_fkey';
						columns: ['delivery_id'];
						isOneToOne: false;
						referencedRelation: 'deliveries';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'paper_receipts_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			principals: {
				Row: { id: string; name: string; phone: string | null; scope: string };
				Insert: { id?: string; name: string; phone?: string | null; scope: string };
				Update: { id?: string; name?: string; phone?: string | null; scope?: string };
				Relationships: [];
			};
			push_subscriptions: {
				Row: {
					auth_secret: string;
					endpoint: string;
					id: string;
					made_at: string;
					p256dh: string;
					user_id: string;
				};
				Insert: {
					auth_secret: string;
					endpoint: string;
					id?: string;
					made_at?: string;
					p256dh: string;
					user_id: string;
				};
				Update: {
					auth_secret?: string;
					endpoint?: string;
					id?: string;
					made_at?: string;
					p256dh?: string;
					user_id?: string;
				};
				Relationships: [];
			};
			records: {
				Row: {
					canonical_text: string;
					content_sha256: string;
					enterprise_id: string;
					key_id: string;
					kind: string;
					link: string;
					numbers_text: string;
					position: number;
					previous_link: string;
					scope: string;
					sealed_at: string;
					sha256: string;
					signature: string;
					subject_id: string;
				};
				Insert: {
					canonical_text: string;
					content_sha256: string;
					enterprise_id: string;
					key_id: string;
					kind: string;
					link: string;
					numbers_text: string;
					position: number;
					previous_link: string;
					scope: string;
					sealed_at: string;
					sha256: string;
					signature: string;
					subject_id: string;
				};
				Update: {
					canonical_text?: string;
					content_sha256?: string;
					enterprise_id?: string;
					key_id?: string;
					kind?: string;
					link?: string;
					numbers_text?: string;
					position?: number;
					previous_link?: string;
					scope?: string;
					sealed_at?: string;
					sha256?: string;
					signature?: string;
					subject_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'records_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			rectifications: {
				Row: {
					delivery_id: string | null;
					enterprise_id: string;
					hazard_id: string;
					id: string;
					note: string;
					scope: string;
					submitted_at: string;
					submitted_by: string | null;
				};
				Insert: {
					delivery_id?: string | null;
					enterprise_id: string;
					hazard_id: string;
					id: string;
					note: string;
					scope: string;
					submitted_at?: string;
					submitted_by?: string | null;
				};
				Update: {
					delivery_id?: string | null;
					enterprise_id?: string;
					hazard_id?: string;
					id?: string;
					note?: string;
					scope?: string;
					submitted_at?: string;
					submitted_by?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'rectifications_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: false;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					}
				];
			};
			registered_events: {
				Row: {
					authority: string | null;
					closed_by: string | null;
					closed_on: string | null;
					closing_reason: string | null;
					conditions: Json;
					corrects: string | null;
					deaths: number | null;
					description: string;
					document_number: string | null;
					entered_by: string | null;
					enterprise_id: string;
					fact_id: string | null;
					id: string;
					injuries: number | null;
					inspection_id: string | null;
					kind: string;
					occurred_on: string;
					points: number | null;
					registered_at: string;
					registered_by: string;
					scope: string;
					state: string;
				};
				Insert: {
					authority?: string | null;
					closed_by?: string | null;
					closed_on?: string | null;
					closing_reason?: string | null;
					conditions?: Json;
					corrects?: string | null;
					deaths?: number | null;
					description: string;
					document_number?: string | null;
					entered_by?: string | null;
					enterprise_id: string;
					fact_id?: string | null;
					id: string;
					injuries?: number | null;
					inspection_id?: string | null;
					kind: string;
					occurred_on: string;
					points?: number | null;
					registered_at?: string;
					registered_by: string;
					scope: string;
					state: string;
				};
				Update: {
					authority?: string | null;
					closed_by?: string | null;
					closed_on?: string | null;
					closing_reason?: string | null;
					conditions?: Json;
					corrects?: string | null;
					deaths?: number | null;
					description?: string;
					document_number?: string | null;
					entered_by?: string | null;
					enterprise_id?: string;
					fact_id?: string | null;
					id?: string;
					injuries?: number | null;
					inspection_id?: string | null;
					kind?: string;
					occurred_on?: string;
					points?: number | null;
					registered_at?: string;
					registered_by?: string;
					scope?: string;
					state?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'registered_events_corrects_fkey';
						columns: ['corrects'];
						isOneToOne: false;
						referencedRelation: 'registered_events';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'registered_events_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'registered_events_fact_id_fkey';
						columns: ['fact_id'];
						isOneToOne: false;
						referencedRelation: 'facts';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'registered_events_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			reminders: {
				Row: {
					days: number;
					deadline: string;
					enterprise_id: string;
					hazard_id: string;
					id: string;
					kind: string;
					made_on: string;
					scope: string;
					told_at: string | null;
				};
				Insert: {
					days: number;
					deadline: string;
					enterprise_id: string;
					hazard_id: string;
					id?: string;
					kind: string;
					made_on: string;
					scope: string;
					told_at?: string | null;
				};
				Update: {
					days?: number;
					deadline?: string;
					enterprise_id?: string;
					hazard_id?: string;
					id?: string;
					kind?: string;
					made_on?: string;
					scope?: string;
					told_at?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'reminders_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'reminders_hazard_id_fkey';
						columns: ['hazard_id'];
						isOneToOne: false;
						referencedRelation: 'hazards';
						referencedColumns: ['id'];
					}
				];
			};
			risk_points: {
				Row: {
					accident_kind: string | null;
					assessed_on: string | null;
					closed_on: string | null;
					closed_reason: string | null;
					department: string | null;
					enterprise_id: string;
					factors: Json | null;
					id: string;
					level: string | null;
					measures: string | null;
					method: string | null;
					name: string;
					place: string;
					rating: number | null;
					responsible: string | null;
					scope: string;
				};
				Insert: {
					accident_kind?: string | null;
					assessed_on?: string | null;
					closed_on?: string | null;
					closed_reason?: string | null;
					department?: string | null;
					enterprise_id: string;
					factors?: Json | null;
					id?: string;
					level?: string | null;
					measures?: string | null;
					method?: string | null;
					name: string;
					place: string;
					rating?: number | null;
					responsible?: string | null;
					scope: string;
				};
				Update: {
					accident_kind?: string | null;
					assessed_on?: string | null;
					closed_on?: string | null;
					closed_reason?: string | null;
					department?: string | null;
					enterprise_id?: string;
					factors?: Json | null;
					id?: string;
					level?: string | null;
					measures?: string | null;
					method?: string | null;
					name?: string;
					place?: string;
					rating?: number | null;
					responsible?: string | null;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'risk_points_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			risk_tags: {
				Row: { code: string; is_sample: boolean; name_en: string; name_zh: string; source: string };
				Insert: { code: string; is_sample?: boolean; name_en: string; name_zh: string; source?: string };
				Update: { code?: string; is_sample?: boolean; name_en?: string; name_zh?: string; source?: string };
				Relationships: [];
			};
			scheme_activations: {
				Row: {
					declared_at: string;
					declared_by: string | null;
					id: string;
					pack_id: string;
					pack_sha256: string;
					scope: string;
					site_type: string | null;
					valid_from: string;
					valid_to: string | null;
				};
				Insert: {
					declared_at?: string;
					declared_by?: string | null;
					id?: string;
					pack_id: string;
					pack_sha256: string;
					scope: string;
					site_type?: string | null;
					valid_from: string;
					valid_to?: string | null;
				};
				Update: {
					declared_at?: string;
					declared_by?: string | null;
					id?: string;
					pack_id?: string;
					pack_sha256?: string;
					scope?: string;
					site_type?: string | null;
					valid_from?: string;
					valid_to?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'scheme_activations_pack_id_pack_sha256_fkey';
						columns: ['pack_id', 'pack_sha256'];
						isOneToOne: false;
						referencedRelation: 'scheme_packs';
						referencedColumns: ['id', 'sha256'];
					},
					{
						foreignKeyName: 'scheme_activations_site_type_fkey';
						columns: ['site_type'];
						isOneToOne: false;
						referencedRelation: 'site_types';
						referencedColumns: ['code'];
					}
				];
			};
			scheme_packs: {
				Row: {
					document: Json;
					id: string;
					installed_at: string;
					is_sample: boolean;
					sha256: string;
					subject: string;
				};
				Insert: {
					document: Json;
					id: string;
					installed_at?: string;
					is_sample: boolean;
					sha256: string;
					subject?: never;
				};
				Update: {
					document?: Json;
					id?: string;
					installed_at?: string;
					is_sample?: boolean;
					sha256?: string;
					subject?: never;
				};
				Relationships: [];
			};
			score_accounts: {
				Row: {
					as_of: string;
					assessed_at: string;
					band: string | null;
					band_level: string | null;
					band_name: string | null;
					band_people: number;
					band_since: string | null;
					band_to_confirm: string | null;
					enterprise_id: string;
					facts_seen: number;
					pack_id: string;
					pack_sha256: string;
					pending_band: string | null;
					pending_level: string | null;
					pending_name: string | null;
					pending_points: number;
					points: number;
					scope: string;
				};
				Insert: {
					as_of: string;
					assessed_at?: string;
					band?: string | null;
					band_level?: string | null;
					band_name?: string | null;
					band_people?: number;
					band_since?: string | null;
					band_to_confirm?: string | null;
					enterprise_id: string;
					facts_seen: number;
					pack_id: string;
					pack_sha256: string;
					pending_band?: string | null;
					pending_level?: string | null;
					pending_name?: string | null;
					pending_points: number;
					points: number;
					scope: string;
				};
				Update: {
					as_of?: string;
					assessed_at?: string;
					band?: string | null;
					band_level?: string | null;
					band_name?: string | null;
					band_people?: number;
					band_since?: string | null;
					band_to_confirm?: string | null;
					enterprise_id?: string;
					facts_seen?: number;
					pack_id?: string;
					pack_sha256?: string;
					pending_band?: string | null;
					pending_level?: string | null;
					pending_name?: string | null;
					pending_points?: number;
					points?: number;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'score_accounts_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: true;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			score_entries: {
				Row: {
					clause: string;
					clause_text: string;
					enterprise_id: string;
					expires_on: string | null;
					fact_id: string;
					is_appealed: boolean;
					occurred_on: string;
					people_to_confirm: number;
					people_to_reverse: number;
					points: number;
					scope: string;
					state: string;
				};
				Insert: {
					clause: string;
					clause_text: string;
					enterprise_id: string;
					expires_on?: string | null;
					fact_id: string;
					is_appealed?: boolean;
					occurred_on: string;
					people_to_confirm?: number;
					people_to_reverse?: number;
					points: number;
					scope: string;
					state: string;
				};
				Update: {
					clause?: string;
					clause_text?: string;
					enterprise_id?: string;
					expires_on?: string | null;
					fact_id?: string;
					is_appealed?: boolean;
					occurred_on?: string;
					people_to_confirm?: number;
					people_to_reverse?: number;
					points?: number;
					scope?: string;
					state?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'score_entries_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'score_entries_fact_id_fkey';
						columns: ['fact_id'];
						isOneToOne: false;
						referencedRelation: 'facts';
						referencedColumns: ['id'];
					}
				];
			};
			setting_versions: {
				Row: {
					changed_at: string;
					changed_by: string | null;
					changed_by_name: string | null;
					id: number;
					key: string;
					previous: Json | null;
					scope: string;
					value: Json;
				};
				Insert: {
					changed_at?: string;
					changed_by?: string | null;
					changed_by_name?: string | null;
					id?: never;
					key: string;
					previous?: Json | null;
					scope: string;
					value: Json;
				};
				Update: {
					changed_at?: string;
					changed_by?: string | null;
					changed_by_name?: string | null;
					id?: never;
					key?: string;
					previous?: Json | null;
					scope?: string;
					value?: Json;
				};
				Relationships: [];
			};
			settings: {
				Row: {
					changed_at: string;
					changed_by: string | null;
					is_sample: boolean;
					key: string;
					scope: string;
					source: string;
					value: Json;
				};
				Insert: {
					changed_at?: string;
					changed_by?: string | null;
					is_sample?: boolean;
					key: string;
					scope: string;
					source?: string;
					value: Json;
				};
				Update: {
					changed_at?: string;
					changed_by?: string | null;
					is_sample?: boolean;
					key?: string;
					scope?: string;
					source?: string;
					value?: Json;
				};
				Relationships: [];
			};
			signatures: {
				Row: {
					enterprise_id: string;
					inspection_id: string;
					licence: string | null;
					name: string;
					role: string;
					scope: string;
					signed_at: string;
					strokes: Json;
					user_id: string | null;
				};
				Insert: {
					enterprise_id: string;
					inspection_id: string;
					licence?: string | null;
					name: string;
					role: string;
					scope: string;
					signed_at: string;
					strokes: Json;
					user_id?: string | null;
				};
				Update: {
					enterprise_id?: string;
					inspection_id?: string;
					licence?: string | null;
					name?: string;
					role?: string;
					scope?: string;
					signed_at?: string;
					strokes?: Json;
					user_id?: string | null;
				};
				Relationships: [
					{
						foreignKeyName: 'signatures_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			site_types: {
				Row: {
					code: string;
					is_sample: boolean;
					name_en: string;
					name_zh: string;
					position: number;
					source: string;
				};
				Insert: {
					code: string;
					is_sample?: boolean;
					name_en: string;
					name_zh: string;
					position?: number;
					source?: string;
				};
				Update: {
					code?: string;
					is_sample?: boolean;
					name_en?: string;
					name_zh?: string;
					position?: number;
					source?: string;
				};
				Relationships: [];
			};
			special_equipment: {
				Row: {
					enterprise_id: string;
					id: string;
					kind: string;
					next_test_on: string | null;
					place: string;
					scope: string;
				};
				Insert: {
					enterprise_id: string;
					id?: string;
					kind: string;
					next_test_on?: string | null;
					place: string;
					scope: string;
				};
				Update: {
					enterprise_id?: string;
					id?: string;
					kind?: string;
					next_test_on?: string | null;
					place?: string;
					scope?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'special_equipment_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			supervision_photos: {
				Row: { position: number; sha256: string; step_number: number; supervision_id: string };
				Insert: { position: number; sha256: string; step_number: number; supervision_id: string };
				Update: { position?: number; sha256?: string; step_number?: number; supervision_id?: string };
				Relationships: [
					{
						foreignKeyName: 'supervision_photos_sha256_fkey';
						columns: ['sha256'];
						isOneToOne: false;
						referencedRelation: 'evidence';
						referencedColumns: ['sha256'];
					},
					{
						foreignKeyName: 'supervision_photos_supervision_id_step_number_fkey';
						columns: ['supervision_id', 'step_number'];
						isOneToOne: false;
						referencedRelation: 'supervision_steps';
						referencedColumns: ['supervision_id', 'number'];
					}
				];
			};
			supervision_steps: {
				Row: {
					act: string;
					at: string;
					by_id: string;
					by_name: string;
					deadline: string | null;
					note: string | null;
					number: number;
					supervision_id: string;
				};
				Insert: {
					act: string;
					at?: string;
					by_id: string;
					by_name: string;
					deadline?: string | null;
					note?: string | null;
					number: number;
					supervision_id: string;
				};
				Update: {
					act?: string;
					at?: string;
					by_id?: string;
					by_name?: string;
					deadline?: string | null;
					note?: string | null;
					number?: number;
					supervision_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'supervision_steps_supervision_id_fkey';
						columns: ['supervision_id'];
						isOneToOne: false;
						referencedRelation: 'supervisions';
						referencedColumns: ['id'];
					}
				];
			};
			supervisions: {
				Row: {
					answered_on: string | null;
					asked_deadline: string | null;
					closed_on: string | null;
					deadline: string;
					demand: string;
					enterprise_id: string | null;
					hazard_ids: string[];
					id: string;
					issued_by: string;
					issued_on: string;
					issued_scope: string;
					issuer_name: string;
					kind: string;
					owner_id: string;
					owner_name: string;
					scope: string;
					state: string;
					steps: number;
				};
				Insert: {
					answered_on?: string | null;
					asked_deadline?: string | null;
					closed_on?: string | null;
					deadline: string;
					demand: string;
					enterprise_id?: string | null;
					hazard_ids?: string[];
					id: string;
					issued_by: string;
					issued_on: string;
					issued_scope: string;
					issuer_name: string;
					kind: string;
					owner_id: string;
					owner_name: string;
					scope: string;
					state?: string;
					steps?: number;
				};
				Update: {
					answered_on?: string | null;
					asked_deadline?: string | null;
					closed_on?: string | null;
					deadline?: string;
					demand?: string;
					enterprise_id?: string | null;
					hazard_ids?: string[];
					id?: string;
					issued_by?: string;
					issued_on?: string;
					issued_scope?: string;
					issuer_name?: string;
					kind?: string;
					owner_id?: string;
					owner_name?: string;
					scope?: string;
					state?: string;
					steps?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'supervisions_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					}
				];
			};
			tally_deadlines: {
				Row: { deadline: string; open: number; scope: string; severity: string; site_type: string };
				Insert: { deadline: string; open?: number; scope: string; severity: string; site_type: string };
				Update: { deadline?: string; open?: number; scope?: string; severity?: string; site_type?: string };
				Relationships: [];
			};
			tally_flows: {
				Row: {
					closed: number;
					corrected_on_spot: number;
					day: string;
					found: number;
					reopened: number;
					scope: string;
					severity: string;
					site_type: string;
				};
				Insert: {
					closed?: number;
					corrected_on_spot?: number;
					day: string;
					found?: number;
					reopened?: number;
					scope: string;
					severity: string;
					site_type: string;
				};
				Update: {
					closed?: number;
					corrected_on_spot?: number;
					day?: string;
					found?: number;
					reopened?: number;
					scope?: string;
					severity?: string;
					site_type?: string;
				};
				Relationships: [];
			};
			tally_visits: {
				Row: { day: string; inspections: number; previous_day: string; scope: string; site_type: string };
				Insert: { day: string; inspections?: number; previous_day: string; scope: string; site_type: string };
				Update: {
					day?: string;
					inspections?: number;
					previous_day?: string;
					scope?: string;
					site_type?: string;
				};
				Relationships: [];
			};
			third_party_opinions: {
				Row: {
					basis: string | null;
					decided_by: string | null;
					decided_on: string | null;
					decider_name: string | null;
					enterprise_id: string;
					expert: string;
					id: string;
					inspection_id: string | null;
					institution: string;
					nature: string;
					opinion: string;
					part: string;
					reason: string | null;
					recorded_at: string;
					recorded_by: string;
					recorder_name: string;
					scope: string;
					state: string;
					visited_on: string;
				};
				Insert: {
					basis?: string | null;
					decided_by?: string | null;
					decided_on?: string | null;
					decider_name?: string | null;
					enterprise_id: string;
					expert: string;
					id: string;
					inspection_id?: string | null;
					institution: string;
					nature: string;
					opinion: string;
					part: string;
					reason?: string | null;
					recorded_at?: string;
					recorded_by: string;
					recorder_name: string;
					scope: string;
					state: string;
					visited_on: string;
				};
				Update: {
					basis?: string | null;
					decided_by?: string | null;
					decided_on?: string | null;
					decider_name?: string | null;
					enterprise_id?: string;
					expert?: string;
					id?: string;
					inspection_id?: string | null;
					institution?: string;
					nature?: string;
					opinion?: string;
					part?: string;
					reason?: string | null;
					recorded_at?: string;
					recorded_by?: string;
					recorder_name?: string;
					scope?: string;
					state?: string;
					visited_on?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'third_party_opinions_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'third_party_opinions_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
			tipoff_photos: {
				Row: { position: number; sha256: string; tipoff_id: string };
				Insert: { position: number; sha256: string; tipoff_id: string };
				Update: { position?: number; sha256?: string; tipoff_id?: string };
				Relationships: [
					{
						foreignKeyName: 'tipoff_photos_sha256_fkey';
						columns: ['sha256'];
						isOneToOne: false;
						referencedRelation: 'evidence';
						referencedColumns: ['sha256'];
					},
					{
						foreignKeyName: 'tipoff_photos_tipoff_id_fkey';
						columns: ['tipoff_id'];
						isOneToOne: false;
						referencedRelation: 'tipoffs';
						referencedColumns: ['id'];
					}
				];
			};
			tipoff_steps: {
				Row: {
					act: string;
					at: string;
					by_id: string | null;
					by_name: string | null;
					note: string | null;
					number: number;
					reply: string | null;
					tipoff_id: string;
				};
				Insert: {
					act: string;
					at?: string;
					by_id?: string | null;
					by_name?: string | null;
					note?: string | null;
					number: number;
					reply?: string | null;
					tipoff_id: string;
				};
				Update: {
					act?: string;
					at?: string;
					by_id?: string | null;
					by_name?: string | null;
					note?: string | null;
					number?: number;
					reply?: string | null;
					tipoff_id?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'tipoff_steps_tipoff_id_fkey';
						columns: ['tipoff_id'];
						isOneToOne: false;
						referencedRelation: 'tipoffs';
						referencedColumns: ['id'];
					}
				];
			};
			tipoffs: {
				Row: {
					accuracy_metres: number | null;
					closed_on: string | null;
					code_sha256: string;
					description: string;
					enterprise_id: string | null;
					id: string;
					inspection_id: string | null;
					is_named: boolean;
					latitude: number | null;
					longitude: number | null;
					origin: string;
					place: string;
					received_at: string;
					scope: string;
					state: string;
					steps: number;
				};
				Insert: {
					accuracy_metres?: number | null;
					closed_on?: string | null;
					code_sha256: string;
					description: string;
					enterprise_id?: string | null;
					id: string;
					inspection_id?: string | null;
					is_named: boolean;
					latitude?: number | null;
					longitude?: number | null;
					origin: string;
					place: string;
					received_at?: string;
					scope: string;
					state?: string;
					steps?: number;
				};
				Update: {
					accuracy_metres?: number | null;
					closed_on?: string | null;
					code_sha256?: string;
					description?: string;
					enterprise_id?: string | null;
					id?: string;
					inspection_id?: string | null;
					is_named?: boolean;
					latitude?: number | null;
					longitude?: number | null;
					origin?: string;
					place?: string;
					received_at?: string;
					scope?: string;
					state?: string;
					steps?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'tipoffs_enterprise_id_fkey';
						columns: ['enterprise_id'];
						isOneToOne: false;
						referencedRelation: 'enterprises';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'tipoffs_inspection_id_fkey';
						columns: ['inspection_id'];
						isOneToOne: false;
						referencedRelation: 'inspections';
						referencedColumns: ['id'];
					}
				];
			};
		};
		Views: {
			current_areas: {
				Row: {
					id: string | null;
					is_sample: boolean | null;
					level: string | null;
					local_code: string | null;
					name: string | null;
					official_code: string | null;
					parent_id: string | null;
					scope: string | null;
					valid_from: string | null;
				};
				Relationships: [];
			};
		};
		Functions: {
			accept_invitation: {
				Args: { p_token_sha256: string; p_display_name: string; p_agency?: Json };
				Returns: Json;
			};
			activate_scheme: {
				Args: { p_pack: string; p_sha256: string; p_scope: string; p_site_type: string; p_from: string };
				Returns: Json;
			};
			acts_of: { Args: { p_enterprise: string }; Returns: Json };
			add_agency: { Args: { p_scope: string; p_agency: Json }; Returns: Json };
			add_enterprise: { Args: { p_enterprise: Json }; Returns: Json };
			add_pack: { Args: { p_document_text: string }; Returns: Json };
			administered_areas: { Args: never; Returns: Json };
			administered_enterprises: { Args: { p_text: string }; Returns: Json };
			administered_invitations: { Args: never; Returns: Json };
			administered_member: { Args: { p_id: string }; Returns: Json };
			administered_members: {
				Args: { p_role: string; p_text: string; p_offset: number; p_limit: number };
				Returns: Json;
			};
			administration_summary: { Args: never; Returns: Json };
			adopt_report: { Args: { p_text: string; p_signature: string; p_key_id: string }; Returns: Json };
			answer_objection: { Args: { p_id: number; p_note: string }; Returns: Json };
			answer_proposed_event: {
				Args: { p_event: string; p_accepts: boolean; p_reason?: string };
				Returns: Json;
			};
			api_collections: { Args: { p_key_sha256: string }; Returns: Json };
			api_features: { Args: { p_key_sha256: string; p_collection: string; p_query: Json }; Returns: Json };
			appeal_entry: { Args: { p_fact: string; p_statement: string; p_evidence?: Json }; Returns: Json };
			approve_plan: {
				Args: { p_text: string; p_signature: string; p_key_id: string; p_seen: number };
				Returns: Json;
			};
			area_boundaries: { Args: { p_level: string }; Returns: Json };
			area_figures: { Args: { p_scope: string }; Returns: Json };
			area_history: { Args: { p_area: string }; Returns: Json };
			area_surroundings: { Args: { p_parent: string; p_level: string }; Returns: Json };
			area_tree: { Args: never; Returns: Json };
			assign_enterprise_area: { Args: { p_enterprise: string; p_area: string }; Returns: Json };
			assign_supervision: {
				Args: { p_id: string; p_matter: Json; p_owner: string; p_deadline: string; p_demand: string };
				Returns: Json;
			};
			begin_notice_attempts: { Args: { p_limit?: number }; Returns: Json };
			bootstrap_administrator: { Args: { p_token_sha256: string }; Returns: Json };
			change_areas: {
				Args: {
					p_changes: Json;
					p_valid_from: string;
					p_reason: string;
					p_is_correction: boolean;
					p_mode: string;
					p_digest?: string;
					p_accept_faults?: boolean;
				};
				Returns: Json;
			};
			close_risk_point: { Args: { p_point: string; p_reason: string }; Returns: Json };
			complete_measure: { Args: { p_measure: string; p_note: string; p_photos: Json }; Returns: Json };
			confirm_band: { Args: { p_enterprise: string; p_band: string; p_reasons: Json }; Returns: Json };
			correct_inspection: {
				Args: { p_content_text: string; p_record_text: string; p_signature: string; p_key_id: string };
				Returns: Json;
			};
			corrections_of: { Args: { p_inspection: string }; Returns: Json };
			cosign_inspection: { Args: { p_inspection: string; p_cosignature_text: string }; Returns: Json };
			cosignature_of: { Args: { p_inspection: string; p_content_sha256: string }; Returns: string };
			create_api_key: { Args: { p_key: Json }; Returns: Json };
			create_invitation: { Args: { p_token_sha256: string; p_invitation: Json }; Returns: Json };
			daily_flows: { Args: { p_from: string; p_to: string }; Returns: Json };
			dashboard: { Args: { p_from: string; p_to: string; p_before: string; p_filter: Json }; Returns: Json };
			decide_entry: {
				Args: { p_fact: string; p_clause: string; p_decision: string; p_reasons: Json; p_points?: number };
				Returns: Json;
			};
			decide_extensions: { Args: { p_decision: Json }; Returns: Json };
			decide_opinion: { Args: { p_id: string; p_decision: Json }; Returns: Json };
			declared_scheme_of: { Args: { p_enterprise: string }; Returns: Json };
			declared_schemes: { Args: never; Returns: Json };
			delivery_of: { Args: { p_inspection: string }; Returns: Json };
			device_alarms_of: { Args: { p_enterprise: string }; Returns: Json };
			dismiss_device_alarm: { Args: { p_alarm: string; p_reason: string }; Returns: Json };
			document_source: { Args: { p_document: string }; Returns: Json };
			documents_to_render: { Args: { p_limit?: number; p_within_days?: number }; Returns: Json };
			documents_to_sign: { Args: { p_since: string; p_limit?: number }; Returns: Json };
			drop_escalation: { Args: { p_id: string; p_note: string }; Returns: Json };
			drop_measure: { Args: { p_measure: string; p_reason: string }; Returns: Json };
			end_membership: { Args: { p_id: string }; Returns: Json };
			end_notice_attempt: { Args: { p_id: string; p_end: Json }; Returns: Json };
			enterprise_account: { Args: { p_enterprise: string }; Returns: Json };
			enterprise_card: { Args: { p_enterprise: string }; Returns: Json };
			enterprise_history: { Args: { p_enterprise: string; p_limit?: number }; Returns: Json };
			enterprise_lines: { Args: { p_ordinals: Json }; Returns: Json };
			enterprise_ranking: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			enterprises_to_assess: { Args: { p_limit?: number }; Returns: Json };
			escalation_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			extension_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			facts_for_assessment: { Args: { p_enterprises: string[] }; Returns: Json };
			facts_for_trial: {
				Args: {
					p_scope: string;
					p_site_type: string;
					p_on: string;
					p_subject: string;
					p_after: string;
					p_limit: number;
				};
				Returns: Json;
			};
			file_major_step: { Args: { p_token_sha256: string; p_hazard: string; p_step: Json }; Returns: Json };
			follow_tipoff: { Args: { p_code_sha256: string }; Returns: Json };
			foreign_ranking: { Args: { p_source: string; p_from: string; p_to: string }; Returns: Json };
			foreign_registers: { Args: never; Returns: Json };
			foreign_visits: { Args: { p_enterprise: string; p_most: number }; Returns: Json };
			freeze_month: { Args: never; Returns: Json };
			hazard_ledger: { Args: { p_filter: Json; p_after: Json; p_limit: number }; Returns: Json };
			hazard_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			import_areas: {
				Args: { p_lines: Json; p_valid_from: string; p_source: string; p_mode: string };
				Returns: Json;
			};
			import_device_alarms: {
				Args: { p_lines: Json; p_source: string; p_refs: string; p_mode: string };
				Returns: Json;
			};
			import_enterprises: { Args: { p_lines: Json; p_source: string; p_mode: string }; Returns: Json };
			import_foreign_register: {
				Args: {
					p_source: string;
					p_city: string;
					p_businesses: Json;
					p_facts: Json;
					p_as_of: string;
					p_mode: string;
				};
				Returns: Json;
			};
			install_dictionary: { Args: { p_dictionary: Json }; Returns: Json };
			install_pack: {
				Args: {
					p_id: string;
					p_sha256: string;
					p_document: Json;
					p_is_sample: boolean;
					p_default_from: string;
				};
				Returns: Json;
			};
			issue_act: {
				Args: { p_text: string; p_signature: string; p_key_id: string; p_delivery: Json };
				Returns: Json;
			};
			load_history: { Args: { p_seals: Json }; Returns: Json };
			load_major_history: { Args: { p_steps: Json }; Returns: Json };
			major_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			make_notices: { Args: { p_limit?: number }; Returns: Json };
			make_reminders: { Args: { p_limit?: number }; Returns: Json };
			map_enterprise: { Args: { p_enterprise: string }; Returns: Json };
			map_row_count: { Args: never; Returns: number };
			map_rows: { Args: { p_scope: string; p_after: number; p_limit: number }; Returns: Json };
			matters: { Args: { p_limit?: number }; Returns: Json };
			measure_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			misplaced_enterprises: { Args: { p_kind: string; p_page?: number }; Returns: Json };
			monthly_ranking: { Args: { p_by: string; p_month: string; p_area?: string }; Returns: Json };
			note_backup: { Args: never; Returns: Json };
			note_delivery_opened: { Args: { p_token_sha256: string; p_means: string }; Returns: Json };
			note_key_rotation: { Args: { p_retired: string }; Returns: Json };
			note_pdf_certificate: { Args: { p_certificate_sha256: string; p_is_kept: boolean }; Returns: Json };
			note_render_problem: { Args: { p_document: string; p_problem: Json }; Returns: Json };
			note_shipped_content: { Args: { p_folder: string; p_sha256: string }; Returns: Json };
			note_sign_in: {
				Args: { p_email: string; p_succeeded: boolean; p_reason: string; p_address: string };
				Returns: Json;
			};
			notice_overview: { Args: { p_scope: string }; Returns: Json };
			notices_to_plan: { Args: { p_limit?: number }; Returns: Json };
			number_ledger: { Args: { p_year: number }; Returns: Json };
			object_to_delivery: { Args: { p_token_sha256: string; p_name: string; p_note: string }; Returns: Json };
			objection_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			occurrences_of_months: { Args: { p_months: number }; Returns: Json };
			offer_for_cosigning: { Args: { p_content_text: string }; Returns: Json };
			open_case: { Args: { p_inspection: string }; Returns: Json };
			open_check_task: { Args: { p_task: Json }; Returns: Json };
			opinions_of: { Args: { p_enterprise: string }; Returns: Json };
			order_measure: {
				Args: { p_measure: string; p_owner: string; p_deadline: string; p_note: string };
				Returns: Json;
			};
			order_measures: {
				Args: { p_measures: string[]; p_owner: string; p_deadline: string; p_note: string };
				Returns: Json;
			};
			overview: { Args: { p_from: string; p_to: string }; Returns: Json };
			own_notices: { Args: never; Returns: Json };
			past_sites: { Args: { p_after: number; p_limit: number }; Returns: Json };
			place_waiting_enterprises: { Args: never; Returns: Json };
			plan_notices: { Args: { p_plans: Json }; Returns: Json };
			plan_of_visit: { Args: { p_inspection: string }; Returns: Json };
			plan_rows: { Args: { p_filter: Json; p_page: number }; Returns: Json };
			points_inside_areas: { Args: { p_groups: Json }; Returns: Json };
			post_check_in: {
				Args: { p_inspection: string; p_enterprise: string; p_check_in: Json };
				Returns: Json;
			};
			publish_decision: { Args: { p_decision: string }; Returns: Json };
			rankings: { Args: { p_by: string; p_from: string; p_to: string; p_area?: string }; Returns: Json };
			rate_beside_kind: { Args: { p_enterprise: string; p_months: number }; Returns: Json };
			rate_check: { Args: { p_token_sha256: string; p_rating: Json }; Returns: Json };
			rating_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			read_chain: { Args: { p_after: number; p_limit?: number }; Returns: Json };
			read_check_task: { Args: { p_token_sha256: string }; Returns: Json };
			read_delivered_major: { Args: { p_token_sha256: string; p_hazard: string }; Returns: Json };
			read_delivery: { Args: { p_token_sha256: string }; Returns: Json };
			read_document: { Args: { p_document: string }; Returns: Json };
			read_escalation: { Args: { p_id: string }; Returns: Json };
			read_event_chain: { Args: { p_after: number; p_limit: number }; Returns: Json };
			read_events: { Args: { p_after: number; p_limit?: number }; Returns: Json };
			read_evidence_files: { Args: { p_after: string; p_limit?: number }; Returns: Json };
			read_invitation: { Args: { p_token_sha256: string }; Returns: Json };
			read_major: { Args: { p_hazard: string }; Returns: Json };
			read_major_courses: { Args: { p_after: string; p_limit?: number }; Returns: Json };
			read_measure: { Args: { p_measure: string }; Returns: Json };
			read_packs: { Args: never; Returns: Json };
			read_plan: { Args: { p_id: string }; Returns: Json };
			read_proof_defects: { Args: never; Returns: Json };
			read_record_rows: { Args: { p_after: number; p_limit?: number }; Returns: Json };
			read_report: { Args: { p_inspection: string }; Returns: Json };
			read_supervision: { Args: { p_id: string }; Returns: Json };
			read_supervision_defects: { Args: never; Returns: Json };
			read_tipoff: { Args: { p_id: string; p_words: string }; Returns: Json };
			read_tipoff_reporter: { Args: { p_id: string }; Returns: Json };
			reassign_enterprises: { Args: { p_lines: Json; p_reason: string }; Returns: Json };
			receive_delivery: { Args: { p_token_sha256: string; p_name: string; p_means: string }; Returns: Json };
			recent_changes: { Args: { p_limit?: number }; Returns: Json };
			record_device_alarm: { Args: { p_alarm: Json }; Returns: Json };
			record_opinion: { Args: { p_opinion: Json }; Returns: Json };
			record_paper_receipt: { Args: { p_delivery: string; p_paper: Json }; Returns: Json };
			recount_months: { Args: never; Returns: Json };
			recount_tallies: { Args: { p_repair: boolean }; Returns: Json };
			register_delivery_evidence: {
				Args: { p_token_sha256: string; p_sha256: string; p_bytes: number; p_media_type: string };
				Returns: Json;
			};
			register_event: { Args: { p_event: Json }; Returns: Json };
			register_evidence: {
				Args: { p_uploader: string; p_sha256: string; p_bytes: number; p_media_type: string };
				Returns: Json;
			};
			register_tipoff_evidence: {
				Args: { p_tipoff: string; p_sha256: string; p_bytes: number; p_media_type: string };
				Returns: Json;
			};
			registered_events_of: { Args: { p_enterprise: string }; Returns: Json };
			reissue_delivery: { Args: { p_delivery: string; p_codes: Json; p_reason: string }; Returns: Json };
			remove_push_subscription: { Args: { p_endpoint: string }; Returns: Json };
			request_extension: { Args: { p_token_sha256: string; p_request: Json }; Returns: Json };
			revoke_api_key: { Args: { p_id: string }; Returns: Json };
			revoke_delivery: { Args: { p_delivery: string; p_reason: string }; Returns: Json };
			revoke_invitation: { Args: { p_id: string }; Returns: Json };
			round: { Args: { p_limit?: number }; Returns: Json };
			save_agency: { Args: { p_id: string; p_agency: Json }; Returns: Json };
			save_notice_choice: { Args: { p_choice: Json }; Returns: Json };
			save_push_subscription: { Args: { p_subscription: Json }; Returns: Json };
			save_risk_point: { Args: { p_point: Json }; Returns: Json };
			save_setting: { Args: { p_scope: string; p_key: string; p_value: Json }; Returns: Json };
			save_settings: { Args: { p_scope: string; p_values: Json }; Returns: Json };
			schemes: { Args: never; Returns: Json };
			seal_inspection: {
				Args: {
					p_content_text: string;
					p_record_text: string;
					p_signature: string;
					p_key_id: string;
					p_delivery: Json;
				};
				Returns: Json;
			};
			search_enterprises: { Args: { p_words: Json; p_limit: number }; Returns: Json };
			set_licence: { Args: { p_membership: string; p_number: string; p_valid_until: string }; Returns: Json };
			shipped_content: { Args: never; Returns: Json };
			sites_for_attention: { Args: { p_street: string; p_months: number }; Returns: Json };
			step_plan: { Args: { p_id: string; p_step: Json }; Returns: Json };
			step_supervision: { Args: { p_id: string; p_step: Json }; Returns: Json };
			step_tipoff: { Args: { p_id: string; p_step: Json }; Returns: Json };
			store_assessments: { Args: { p_accounts: Json; p_quiet?: boolean }; Returns: Json };
			store_attention: {
				Args: { p_street: string; p_as_of: string; p_version: string; p_scores: Json };
				Returns: Json;
			};
			store_document_pdf: {
				Args: { p_document: string; p_sha256: string; p_bytes: number; p_template_version: string };
				Returns: Json;
			};
			store_document_signature: { Args: { p_document: string; p_signature: Json }; Returns: Json };
			streets_for_attention: { Args: { p_enterprises: Json }; Returns: Json };
			submit_plan: {
				Args: { p_id: string; p_enterprise: string; p_body: Json; p_seen: number };
				Returns: Json;
			};
			submit_rectification: { Args: { p_token_sha256: string; p_rectification: Json }; Returns: Json };
			submit_tipoff: { Args: { p_tipoff: Json }; Returns: Json };
			supervision_matter: { Args: { p_matter: Json }; Returns: Json };
			supervision_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			take_major_step: { Args: { p_hazard: string; p_step: Json }; Returns: Json };
			tally_keys: { Args: never; Returns: Json };
			tally_page: { Args: { p_from: string; p_places: number }; Returns: Json };
			tipoff_places: { Args: { p_enterprise: string }; Returns: Json };
			tipoff_rows: { Args: { p_filter: Json; p_page?: number }; Returns: Json };
			unlock_delivery: { Args: { p_token_sha256: string; p_code_sha256: string }; Returns: Json };
			verify_hash: { Args: { p_sha256: string }; Returns: Json };
			visit_bundle: { Args: { p_enterprise: string }; Returns: Json };
			void_document: { Args: { p_document: string; p_reason: string }; Returns: Json };
			waiting_reports: { Args: never; Returns: Json };
			who_am_i: { Args: never; Returns: Json };
			withdraw_event: { Args: { p_event: string; p_reason: string }; Returns: Json };
			withdraw_offer: { Args: { p_inspection: string }; Returns: Json };
			withdraw_scheme: { Args: { p_activation: string }; Returns: Json };
		};
		Enums: { [_ in never]: never };
		CompositeTypes: { [_ in never]: never };
	};
};
