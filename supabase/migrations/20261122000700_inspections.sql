-- Inspections and what they find. A draft lives on the phone; a row exists here once it is sealed. The exceptions
-- are the posted check-in (the server's time for it) and the offer to the second inspector.

create table public.evidence (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  stored_at timestamptz not null default app.now()
);
comment on table public.evidence is 'Files by content, stored unchanged. Who put them there: evidence_uploads; what they show: evidence_uses.';
create table public.evidence_uploads (
  sha256 text not null references public.evidence,
  uploader uuid not null,
  at timestamptz not null default app.now(),
  primary key (sha256, uploader)
);
comment on table public.evidence_uploads is 'Uploader: a user, or a delivery through its QR page. Knowing a hash is not having the file.';
create table public.evidence_uses (
  id uuid primary key default gen_random_uuid(),
  sha256 text not null references public.evidence,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  inspection_id uuid,
  hazard_id uuid,
  rectification_id uuid,
  measure_id uuid,
  registered_event_id uuid,
  fact_id uuid,
  extension_id uuid,
  paper_receipt_id uuid,
  major_step_id uuid,
  purpose text not null check (purpose in ('hazard', 'proof', 'recheck', 'not_checked', 'refusal', 'rectification', 'extension', 'signed_paper',
    'measure', 'event', 'statement', 'major')),
  taken_at timestamptz,
  longitude double precision,
  latitude double precision,
  position int not null default 0
);
create index evidence_uses_file on public.evidence_uses (sha256);
create index evidence_uses_inspection on public.evidence_uses (inspection_id);
create index evidence_uses_hazard on public.evidence_uses (hazard_id);
create index evidence_uses_event on public.evidence_uses (registered_event_id) where registered_event_id is not null;
create index evidence_uses_extension on public.evidence_uses (extension_id) where extension_id is not null;
create index evidence_uses_paper on public.evidence_uses (paper_receipt_id) where paper_receipt_id is not null;
create index evidence_uses_major on public.evidence_uses (major_step_id) where major_step_id is not null;
create index evidence_uses_fact on public.evidence_uses (fact_id) where fact_id is not null;
create index evidence_uses_scope on public.evidence_uses (scope);

create table public.check_ins (
  inspection_id uuid primary key,
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  user_id uuid not null,
  device_at timestamptz not null,
  server_at timestamptz not null default app.now(),
  accuracy_metres double precision,
  distance_metres double precision
);
comment on table public.check_ins is 'Posted when there is a network, for the server''s own time. No coordinates: the sealed record holds them.';
create index check_ins_scope on public.check_ins (scope, server_at);

create table public.inspection_offers (
  inspection_id uuid primary key,
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  offered_by uuid not null,
  companion_id uuid not null,
  content_text text not null,
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  offered_at timestamptz not null default app.now(),
  constraint two_people check (offered_by <> companion_id)
);
comment on table public.inspection_offers is 'A finished draft that waits for the second inspector''s own login.';
create index inspection_offers_companion on public.inspection_offers (companion_id);

create table public.cosignatures (
  inspection_id uuid primary key,
  content_sha256 text not null,
  user_id uuid not null,
  scope text collate "C" not null,
  cosignature_text text not null,
  at timestamptz not null default app.now()
);
comment on column public.cosignatures.cosignature_text is 'Canonical text as it stands in the record.';

create table public.inspections (
  id uuid primary key,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  agency_id uuid not null references public.agencies,
  site_type text not null,
  kind text not null check (kind in ('planned', 'random', 'triggered', 'recheck', 'campaign', 'self_check')),
  outcome text not null check (outcome in ('checked', 'not_checked')),
  not_checked_kind text check (not_checked_kind in ('closed', 'moved', 'nobody', 'entry_refused', 'other')),
  track text not null check (track in ('A', 'B', 'C')),
  rechecks uuid references public.inspections,
  inspector_id uuid not null,
  inspector_name text not null,
  companion_id uuid,
  companion_name text,
  inspected_on date not null,
  checked_in_at timestamptz not null,
  ended_at timestamptz not null,
  clock_suspect boolean not null default false,
  accuracy_metres double precision,
  distance_metres double precision,
  position_reason text,
  on_site_outcome text check (on_site_outcome in ('signed', 'refused')),
  electronic_delivery boolean not null default false,
  nth_of_year int not null check (nth_of_year > 0),
  provisional_points int,
  sealed_at timestamptz not null,
  adopted_by uuid,
  constraint times_in_order check (ended_at >= checked_in_at),
  constraint outcome_is_complete check ((outcome = 'not_checked') = (not_checked_kind is not null)
    and (outcome = 'not_checked' or on_site_outcome is not null)),
  constraint recheck_names_its_inspection check ((kind = 'recheck') = (rechecks is not null))
);
comment on column public.inspections.clock_suspect is 'The phone''s clock was ahead of the server''s; inspected_on is then the server''s day.';
create index inspections_enterprise on public.inspections (enterprise_id, inspected_on desc);
create index inspections_scope on public.inspections (scope, sealed_at desc);
create index inspections_day on public.inspections (inspected_on) include (enterprise_id) where outcome = 'checked';
create index inspections_inspector on public.inspections (inspector_id, inspected_on desc);

create table public.answers (
  inspection_id uuid not null references public.inspections,
  item_id uuid not null references public.checklist_items,
  scope text collate "C" not null,
  enterprise_id uuid not null,
  item_code text not null,
  part text not null,
  answer text not null check (answer in ('pass', 'fail', 'not_applicable')),
  primary key (inspection_id, item_id)
);
create index answers_scope on public.answers (scope);
create index answers_enterprise_fails on public.answers (enterprise_id, item_code) where answer = 'fail';

create table public.hazards (
  id uuid primary key,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  inspection_id uuid not null references public.inspections,
  site_type text not null,
  position int not null,
  item_id uuid references public.checklist_items,
  item_code text,
  part text not null,
  severity text not null check (severity in ('general', 'major')),
  cause text not null check (cause in ('object', 'behaviour', 'management')),
  description text not null,
  legal_basis text,
  clause text,
  acceptance text,
  measure text not null check (measure in ('on_spot', 'deadline')),
  state text not null check (state in ('reported', 'open', 'rectification_submitted', 'accepted', 'closed', 'closed_unfixed', 'transferred', 'withdrawn')),
  deadline date,
  found_on date not null,
  closed_on date,
  accepted_on date,
  recurrence boolean not null default false,
  reopened int not null default 0,
  in_time boolean not null default false,
  extended int not null default 0,
  longitude double precision,
  latitude double precision,
  constraint deadline_follows_measure check ((measure = 'deadline') = (deadline is not null)),
  constraint deadline_after_finding check (deadline is null or deadline >= found_on),
  constraint closed_has_a_day check ((state in ('closed', 'closed_unfixed')) = (closed_on is not null)),
  constraint accepted_is_major_and_has_a_day check (state <> 'accepted' or (accepted_on is not null and severity = 'major')),
  constraint major_is_not_on_spot check (severity = 'general' or measure = 'deadline'),
  constraint dates_in_order check (closed_on is null or closed_on >= found_on)
);
comment on column public.hazards.state is 'reported: track C, waits for 采纳. open ⇄ rectification_submitted → closed | reopened (open, new deadline); a 重大 one → accepted (验收合格, 待销号) → closed. withdrawn: 更正撤销, its record was corrected and does not name it any more.';
comment on column public.hazards.accepted_on is '验收合格: the day of the recheck that a 重大 hazard passed. It is open until its 销号 (docs/decisions/major-hazards.md).';
comment on column public.hazards.in_time is '按期整改: what was put right by the deadline and passed at the first look.';
comment on column public.hazards.extended is 'How often the deadline was put off because the enterprise had asked in time. Each step stands in hazard_transitions.';
comment on column public.hazards.clause is '条.款 that the inspector cited, of the scheme that the sealed content names (provisional.pack).';
comment on column public.hazards.recurrence is 'The same item failed here before and had been closed by a recheck (屡查屡犯).';
-- With all that 「需要您处理」 asks of what stands open, so that a city's is read from the index.
create index hazards_open on public.hazards (scope, deadline) include (enterprise_id, severity, state, found_on, inspection_id)
  where state in ('reported', 'open', 'rectification_submitted', 'accepted');
create index hazards_enterprise on public.hazards (enterprise_id, found_on desc);
create index hazards_inspection on public.hazards (inspection_id, position);
create index hazards_found on public.hazards (scope, found_on);

create table public.hazard_transitions (
  id bigint generated always as identity primary key,
  hazard_id uuid not null references public.hazards,
  scope text collate "C" not null,
  enterprise_id uuid not null,
  at timestamptz not null,
  day date not null,
  from_state text,
  to_state text not null,
  cause_kind text not null check (cause_kind in ('inspection', 'adoption', 'rectification', 'extension', 'major', 'correction')),
  cause_id uuid not null,
  deadline date,
  note text
);
comment on table public.hazard_transitions is 'Every step of a hazard, with what caused it.';
create index hazard_transitions_hazard on public.hazard_transitions (hazard_id, id);
create index hazard_transitions_reported on public.hazard_transitions (hazard_id) where from_state = 'reported';
create index hazard_transitions_corrected on public.hazard_transitions (hazard_id) where cause_kind = 'correction';
create trigger hazard_transitions_append_only before update or delete on public.hazard_transitions
  for each row execute function app.forbid_change();

create table public.rectifications (
  id uuid primary key,
  hazard_id uuid not null references public.hazards,
  scope text collate "C" not null,
  enterprise_id uuid not null,
  delivery_id uuid,
  submitted_by uuid,
  note text not null check (length(trim(note)) between 1 and 500),
  submitted_at timestamptz not null default app.now(),
  constraint by_delivery_or_user check ((delivery_id is null) <> (submitted_by is null))
);
create index rectifications_hazard on public.rectifications (hazard_id);

create table public.signatures (
  inspection_id uuid not null references public.inspections,
  role text not null check (role in ('on_site', 'inspector', 'companion', 'witness')),
  scope text collate "C" not null,
  enterprise_id uuid not null,
  name text not null,
  user_id uuid,
  licence text,
  strokes jsonb not null,
  signed_at timestamptz not null,
  primary key (inspection_id, role)
);
comment on table public.signatures is 'Drawn signatures as strokes with time: an image plus an unbroken chain, never called a 可靠电子签名.';

do $$
declare t text;
begin
  foreach t in array array['inspections', 'answers', 'hazards', 'hazard_transitions', 'rectifications', 'signatures', 'evidence_uses'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "staff see their scope, a principal their own" on public.%I for select to authenticated
      using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]))', t);
  end loop;
  foreach t in array array['evidence', 'evidence_uploads', 'check_ins', 'inspection_offers', 'cosignatures'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
  end loop;
end $$;
-- The second inspector reads what they are asked to sign, photos included; only files that the first one had.
create function app.is_offered_to_me(p_sha256 text) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.inspection_offers o join public.evidence_uploads u on u.uploader = o.offered_by and u.sha256 = p_sha256
    where o.companion_id = auth.uid() and o.scope <@ app.visible_scopes() and strpos(o.content_text, p_sha256) > 0)
$$;
grant execute on function app.is_offered_to_me(text) to authenticated;
create policy "who put a file there sees it, who sees its use, and who is asked to sign it" on public.evidence for select to authenticated
  using (exists (select 1 from public.evidence_uploads u where u.sha256 = evidence.sha256)
    or exists (select 1 from public.evidence_uses e where e.sha256 = evidence.sha256) or app.is_offered_to_me(sha256));
create policy "members see their own uploads" on public.evidence_uploads for select to authenticated
  using (uploader = (select auth.uid()) and (select app.is_member()));
create policy "staff see check-ins in their scope" on public.check_ins for select to authenticated
  using (scope <@ (select app.visible_scopes()));
create policy "the two inspectors see an offer" on public.inspection_offers for select to authenticated
  using ((select auth.uid()) in (offered_by, companion_id) and scope <@ (select app.visible_scopes()));
create policy "the two inspectors see a co-signature" on public.cosignatures for select to authenticated
  using ((user_id = (select auth.uid()) and scope <@ (select app.visible_scopes()))
    or exists (select 1 from public.inspection_offers o where o.inspection_id = cosignatures.inspection_id));

-- A member gave a file to our server, which hashed the bytes itself. Said with the secret key only: whoever may call it
-- turns the knowledge of a hash into the file.
create function public.register_evidence(p_uploader uuid, p_sha256 text, p_bytes bigint, p_media_type text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if not exists (select 1 from public.memberships m where m.user_id = p_uploader and m.ended_at is null) then
    return app.refusal('session.no_membership');
  end if;
  insert into public.evidence (sha256, bytes, media_type) values (p_sha256, p_bytes, p_media_type) on conflict do nothing;
  insert into public.evidence_uploads (sha256, uploader) values (p_sha256, p_uploader) on conflict do nothing;
  return app.success('{}');
end $$;
grant execute on function public.register_evidence(uuid, text, bigint, text) to service_role;

-- A photo that this person (or this delivery) has put. Only registered events take papers (PDF).
create function app.has_photo(p_sha256 text, p_uploader uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.evidence_uploads u join public.evidence v on v.sha256 = u.sha256
    where u.sha256 = p_sha256 and u.uploader = p_uploader and v.media_type like 'image/%')
$$;

create function public.post_check_in(p_inspection uuid, p_enterprise uuid, p_check_in jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare at_scope text;
begin
  select e.scope into at_scope from public.enterprises e where e.id = p_enterprise;
  if at_scope is null or (app.membership_for(array['inspector', 'community_worker'], at_scope)).id is null then
    return app.refusal('permission.area');
  end if;
  insert into public.check_ins (inspection_id, enterprise_id, scope, user_id, device_at, accuracy_metres, distance_metres)
  values (p_inspection, p_enterprise, at_scope, auth.uid(), (p_check_in->>'at')::timestamptz,
    (p_check_in->'position'->>'accuracyMetres')::float8, (p_check_in->>'distanceMetres')::float8)
  on conflict (inspection_id) do nothing;
  return app.success(jsonb_build_object('serverAt', app.instant_text(app.now())));
end $$;
grant execute on function public.post_check_in(uuid, uuid, jsonb) to authenticated;

-- The first inspector puts the finished draft before the second one. Offered again with other content, an
-- earlier co-signature no longer fits (its hash differs) and is asked for again.
create function public.offer_for_cosigning(p_content_text text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  content jsonb := p_content_text::jsonb;
  inspection uuid := (content->>'id')::uuid;
  companion uuid := (content->>'companionId')::uuid;
  at_scope text;
begin
  select e.scope into at_scope from public.enterprises e where e.id = (content->'enterprise'->>'id')::uuid;
  if at_scope is null or (app.membership_for(array['inspector'], at_scope)).id is null then return app.refusal('permission.area'); end if;
  if (content->'inspector'->>'userId')::uuid is distinct from auth.uid() then return app.refusal('signature.not_yours'); end if;
  if not exists (select 1 from public.memberships m where m.user_id = companion and m.role = 'inspector' and m.ended_at is null
    and at_scope collate "C" <@ app.below(m.scope)) or companion = auth.uid() then
    return app.refusal('signature.cosigner');
  end if;
  if exists (select 1 from public.inspections i where i.id = inspection) then return app.refusal('inspection.already_sealed'); end if;
  if exists (select 1 from public.inspection_offers o where o.inspection_id = inspection and o.offered_by <> auth.uid()) then
    return app.refusal('signature.not_yours');
  end if;
  insert into public.inspection_offers (inspection_id, enterprise_id, scope, offered_by, companion_id, content_text, content_sha256)
  values (inspection, (content->'enterprise'->>'id')::uuid, at_scope, auth.uid(), companion, p_content_text, app.sha256_hex(p_content_text))
  on conflict (inspection_id) do update set companion_id = excluded.companion_id, content_text = excluded.content_text,
    content_sha256 = excluded.content_sha256, offered_at = app.now()
    where public.inspection_offers.content_sha256 <> excluded.content_sha256;
  return app.success(jsonb_build_object('contentSha256', app.sha256_hex(p_content_text)));
end $$;
grant execute on function public.offer_for_cosigning(text) to authenticated;

create function public.withdraw_offer(p_inspection uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  delete from public.cosignatures c using public.inspection_offers o
  where c.inspection_id = p_inspection and o.inspection_id = p_inspection and o.offered_by = auth.uid()
    and not exists (select 1 from public.inspections i where i.id = p_inspection);
  delete from public.inspection_offers o where o.inspection_id = p_inspection and o.offered_by = auth.uid()
    and not exists (select 1 from public.inspections i where i.id = p_inspection);
  return app.success('{}');
end $$;
grant execute on function public.withdraw_offer(uuid) to authenticated;

-- How long a drawing is, in pixels (minimumSignatureLengthPixels in src/lib/inspection/inspection.ts).
create function app.strokes_length(p_strokes jsonb) returns double precision
  language sql immutable set search_path = ''
as $$
  select coalesce(sum(sqrt(power((p->>'x')::float8 - (q->>'x')::float8, 2) + power((p->>'y')::float8 - (q->>'y')::float8, 2))), 0)
  from jsonb_array_elements(coalesce(p_strokes->'strokes', '[]')) s
  cross join lateral (select x.p, lag(x.p) over (order by x.n) as q from jsonb_array_elements(s) with ordinality as x(p, n)) y
$$;
create function app.signature_is_empty(p_strokes jsonb) returns boolean
  language sql immutable set search_path = ''
as $$ select app.strokes_length(p_strokes) < 40 $$;

-- The second inspector, with their own login, over exactly the content that was offered.
create function public.cosign_inspection(p_inspection uuid, p_cosignature_text text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare o public.inspection_offers; c jsonb := p_cosignature_text::jsonb; m public.memberships;
begin
  select * into o from public.inspection_offers where inspection_id = p_inspection for update;
  if o.inspection_id is null or o.companion_id <> auth.uid() then return app.refusal('not_found'); end if;
  if exists (select 1 from public.inspections i where i.id = p_inspection) then return app.refusal('inspection.already_sealed'); end if;
  m := app.membership_for(array['inspector'], o.scope);
  if m.id is null then return app.refusal('permission.area'); end if;
  if (c->>'userId')::uuid is distinct from auth.uid() or c->>'name' is distinct from m.display_name
    or c->>'licence' is distinct from m.licence_number then return app.refusal('signature.not_yours'); end if;
  if c->>'contentSha256' is distinct from o.content_sha256 then return app.refusal('inspection.state'); end if;
  if app.signature_is_empty(c->'signature') then return app.refusal('signature.empty'); end if;
  insert into public.cosignatures (inspection_id, content_sha256, user_id, scope, cosignature_text)
  values (p_inspection, o.content_sha256, auth.uid(), o.scope, p_cosignature_text)
  on conflict (inspection_id) do update set content_sha256 = excluded.content_sha256, user_id = excluded.user_id,
    cosignature_text = excluded.cosignature_text, at = app.now()
    where public.cosignatures.content_sha256 <> excluded.content_sha256;
  perform app.append_event('inspection.cosigned', o.scope, o.enterprise_id, jsonb_build_object('inspectionId', p_inspection));
  return app.success('{}');
end $$;
grant execute on function public.cosign_inspection(uuid, text) to authenticated;
