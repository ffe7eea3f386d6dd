-- Records: the sealed canonical texts in one chain; documents with their numbers; deliveries by QR.

create table public.records (
  position bigint primary key,
  kind text not null check (kind in ('inspection', 'adoption', 'act', 'correction')),
  subject_id uuid not null unique,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  canonical_text text not null,
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  signature text not null,
  key_id text not null,
  numbers_text text not null,
  sealed_at timestamptz not null,
  previous_link text not null check (previous_link ~ '^[0-9a-f]{64}$'),
  link text not null unique check (link ~ '^[0-9a-f]{64}$')
);
comment on table public.records is 'link = sha-256(previous_link ⏎ sha256 ⏎ numbers_text ⏎ sealed_at), the first previous_link being 64 zeros. Text, never jsonb: the bytes are what was signed.';
comment on column public.records.signature is 'Ed25519 over canonical_text by the server''s key `key_id`, base64url. Verified after the commit: SQL cannot.';
create index records_enterprise on public.records (enterprise_id, position);
create index records_scope on public.records (scope, position);
create trigger records_append_only before update or delete on public.records for each row execute function app.forbid_change();

create table app.record_head (
  singleton boolean primary key default true check (singleton),
  position bigint not null default 0,
  link text not null default repeat('0', 64),
  sealed_at timestamptz not null default '-infinity'
);
insert into app.record_head default values;

create table public.document_counters (
  agency_id uuid not null references public.agencies,
  kind text not null, track text not null, year int not null,
  last_number int not null default 0,
  primary key (agency_id, kind, track, year)
);
comment on table public.document_counters is 'Last number given per agency × kind × track × year of sealing (Shanghai). Taken in the sealing transaction, so without gaps.';

create table public.documents (
  id uuid primary key default gen_random_uuid(),
  record_position bigint not null references public.records deferrable initially deferred,
  inspection_id uuid references public.inspections,
  delivery_id uuid,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  agency_id uuid not null references public.agencies,
  kind text not null check (kind in ('inspection_record', 'rectification_order', 'recheck_opinion', 'hazard_report', 'score_sheet',
    'inspection_plan', 'inspection_notice', 'assistance_request', 'reminder_notice', 'supervision_card', 'overdue_report', 'supervision_opinion')),
  track text not null check (track in ('A', 'B', 'C')),
  year int not null,
  number int not null check (number > 0),
  number_text text not null,
  agency jsonb not null,
  template_version text check (template_version ~ '^[0-9a-f]{16}$'),
  state text not null default 'issued' check (state in ('issued', 'superseded', 'voided')),
  issued_at timestamptz not null,
  pdf_sha256 text check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  pdf_bytes int,
  rendered_at timestamptz,
  render_problem jsonb,
  render_attempts int not null default 0,
  render_retry_at timestamptz,
  unique (agency_id, kind, track, year, number),
  constraint inspection_is_delivered check (inspection_id is null or delivery_id is not null),
  constraint rendered_is_whole check ((pdf_sha256 is null) = (rendered_at is null) and (pdf_sha256 is null) = (pdf_bytes is null))
);
comment on column public.documents.inspection_id is 'Null for a paper that was issued on its own (an act).';
comment on column public.documents.delivery_id is 'Null for an act that goes to an office and not to the enterprise: its QR leads to the verification.';
comment on column public.documents.template_version is 'Hash of the templates that made the PDF: the same record under the same templates gives the same bytes.';
comment on column public.documents.render_problem is 'Why there is no PDF yet, as a problem {code, details}: told to the inspector; tried again at render_retry_at.';
comment on column public.documents.agency is 'The agency''s name, short name and template as they were at the seal: a document never changes with a setting.';
create index documents_inspection on public.documents (inspection_id);
create index documents_enterprise on public.documents (enterprise_id, issued_at desc);
create index documents_scope on public.documents (scope, issued_at desc);
create index documents_unrendered on public.documents (record_position) where pdf_sha256 is null;

-- The paper again with the agency's own digital signature behind it (PAdES, docs/decisions/pdf-signatures.md): a further file beside the
-- rendered one, made once. Made in …_signed_documents.sql.
create table public.document_signatures (
  id uuid primary key references public.documents,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  is_internal boolean not null,
  pdf_sha256 text not null check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  signed_sha256 text not null unique check (signed_sha256 ~ '^[0-9a-f]{64}$'),
  signed_bytes int not null check (signed_bytes > 0),
  level text not null check (level in ('B-B', 'B-T')),
  certificate_sha256 text not null check (certificate_sha256 ~ '^[0-9a-f]{64}$'),
  subject text not null,
  issuer text not null,
  valid_until timestamptz not null,
  signed_at timestamptz not null
);
comment on table public.document_signatures is 'id: the document''s. pdf_sha256: of the rendered paper that the signed file begins with.';
create index document_signatures_scope on public.document_signatures (scope);
create trigger document_signatures_append_only before update or delete on public.document_signatures for each row execute function app.forbid_change();

-- What anybody may know of it; null: the paper has none.
create function app.signature_of(p_document uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('level', s.level, 'sha256', s.signed_sha256, 'bytes', s.signed_bytes, 'subject', s.subject, 'issuer', s.issuer,
    'certificateSha256', s.certificate_sha256, 'validUntil', app.instant_text(s.valid_until), 'signedAt', app.instant_text(s.signed_at))
  from public.document_signatures s where s.id = p_document
$$;

create table public.deliveries (
  id uuid primary key,
  inspection_id uuid unique references public.inspections,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  screen_token_sha256 text not null unique,
  paper_token_sha256 text not null unique,
  code_sha256 text not null,
  serial int not null default 0 check (serial >= 0),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened_at timestamptz,
  received_at timestamptz,
  received_by text,
  received_means text check (received_means in ('screen', 'paper', 'account', 'print')),
  failed_codes int not null default 0,
  last_failed_at timestamptz,
  constraint received_is_whole check ((received_at is null) = (received_by is null))
);
comment on table public.deliveries is 'One QR per inspection, and per act that goes to an enterprise (its id is the act''s). Tokens are HMACs of the id and the serial; only their hashes stand here. A GET changes nothing.';
comment on column public.deliveries.serial is 'How often new codes were issued. 0: those that a phone carries ready-made.';
create index deliveries_enterprise on public.deliveries (enterprise_id);
create index deliveries_scope on public.deliveries (scope);
alter table public.documents add constraint documents_delivery foreign key (delivery_id) references public.deliveries deferrable initially deferred;

create table public.delivery_events (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references public.deliveries,
  scope text collate "C" not null,
  enterprise_id uuid not null,
  kind text not null check (kind in ('opened', 'received', 'objected', 'rectified', 'extension_asked', 'code_wrong', 'reissued', 'revoked', 'signed_paper', 'corrected', 'answered')),
  at timestamptz not null default app.now(),
  by_name text,
  means text,
  note text check (length(note) <= 1000),
  answers bigint unique references public.delivery_events,
  constraint answered_is_whole check ((kind = 'answered') = (answers is not null))
);
comment on column public.delivery_events.answers is 'Of an answer: the objection that it answers, once.';
create index delivery_events_objected on public.delivery_events (scope, enterprise_id) where kind = 'objected';
create index delivery_events_delivery on public.delivery_events (delivery_id, id);
create trigger delivery_events_append_only before update or delete on public.delivery_events for each row execute function app.forbid_change();

-- Internal papers (现场检查方案, 协查单, 督办卡, 隐患逾期未整改报告): about an enterprise, but not for it to read.
create function app.is_internal(p_kind text) returns boolean
  language sql immutable set search_path = ''
as $$ select p_kind in ('inspection_plan', 'assistance_request', 'supervision_card', 'overdue_report') $$;

alter table public.delivery_events enable row level security;
grant select on public.delivery_events to authenticated;
create policy "staff see their scope, a principal their own" on public.delivery_events for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));
alter table public.documents enable row level security;
grant select on public.documents to authenticated;
create policy "staff see their scope, a principal their own except internal papers" on public.documents for select to authenticated
  using (scope <@ (select app.visible_scopes()) or (enterprise_id = any ((select app.own_enterprises())::uuid[])
    and kind not in ('inspection_plan', 'assistance_request', 'supervision_card', 'overdue_report')));
alter table public.document_signatures enable row level security;
grant select on public.document_signatures to authenticated;
create policy "staff see their scope, a principal their own except internal papers" on public.document_signatures for select to authenticated
  using (scope <@ (select app.visible_scopes()) or (enterprise_id = any ((select app.own_enterprises())::uuid[]) and not is_internal));
alter table public.records enable row level security;
grant select on public.records to authenticated;
create policy "staff see their scope, a principal their own except internal papers" on public.records for select to authenticated
  using (scope <@ (select app.visible_scopes()) or (enterprise_id = any ((select app.own_enterprises())::uuid[])
    and (kind not in ('act', 'correction') or coalesce(canonical_text::jsonb #>> '{body,kind}', '') not in ('inspection_plan', 'assistance_request', 'supervision_card', 'overdue_report'))));
alter table public.deliveries enable row level security;
grant select (id, inspection_id, scope, enterprise_id, expires_at, revoked_at, opened_at, received_at, received_by, received_means)
  on public.deliveries to authenticated;
create policy "staff see their scope, a principal their own" on public.deliveries for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));
alter table public.document_counters enable row level security;
grant select on public.document_counters to authenticated;
create policy "staff see the counters of their agency" on public.document_counters for select to authenticated
  using (exists (select 1 from app.active_memberships() m where m.role <> 'principal' and m.agency_id = document_counters.agency_id)
    or exists (select 1 from public.agencies a where a.id = agency_id and a.scope <@ (select app.visible_scopes())));

-- （X）应急责改〔2026〕12号: the agency's pattern, else the sample ones. Track B and C patterns, and those of acts, are samples (示例).
create function app.number_text(p_agency public.agencies, p_kind text, p_track text, p_year int, p_number int) returns text
  language sql immutable set search_path = ''
as $$
  select replace(replace(replace(coalesce(p_agency.template->'numberPatterns'->p_track->>p_kind,
    case p_track || p_kind
      when 'Ainspection_record' then '（{short}）应急检记〔{year}〕{n}号'
      when 'Arectification_order' then '（{short}）应急责改〔{year}〕{n}号'
      when 'Arecheck_opinion' then '（{short}）应急复查〔{year}〕{n}号'
      when 'Binspection_record' then '（{short}）安检记〔{year}〕{n}号'
      when 'Brectification_order' then '（{short}）安检改〔{year}〕{n}号'
      when 'Brecheck_opinion' then '（{short}）安检复〔{year}〕{n}号'
      when 'Ascore_sheet' then '（{short}）应急记分〔{year}〕{n}号'
      when 'Bscore_sheet' then '（{short}）安记分〔{year}〕{n}号'
      when 'Binspection_plan' then '（{short}）安检方案〔{year}〕{n}号'
      when 'Binspection_notice' then '（{short}）安检通〔{year}〕{n}号'
      when 'Bassistance_request' then '（{short}）安协查〔{year}〕{n}号'
      when 'Breminder_notice' then '（{short}）安提示〔{year}〕{n}号'
      when 'Bsupervision_card' then '（{short}）安督办〔{year}〕{n}号'
      when 'Boverdue_report' then '（{short}）安逾报〔{year}〕{n}号'
      when 'Bsupervision_opinion' then '（{short}）安督查〔{year}〕{n}号'
      else '（{short}）隐患报〔{year}〕{n}号' end),
    '{short}', p_agency.short_name), '{year}', p_year::text), '{n}', p_number::text)
$$;

-- Numbers for the kinds asked, counters locked in sorted order. → {kind: {number, text}}
create function app.take_numbers(p_agency public.agencies, p_track text, p_kinds text[], p_year int) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare k text; n int; numbers jsonb := '{}';
begin
  for k in select distinct x from unnest(p_kinds) x order by x loop
    insert into public.document_counters as c (agency_id, kind, track, year, last_number) values (p_agency.id, k, p_track, p_year, 1)
    on conflict (agency_id, kind, track, year) do update set last_number = c.last_number + 1 returning last_number into n;
    numbers := numbers || jsonb_build_object(k, jsonb_build_object('number', n, 'text', app.number_text(p_agency, k, p_track, p_year, n)));
  end loop;
  return numbers;
end $$;

-- The chain's next link, under the head's lock. Numbers enter as "kind=text" lines in sorted order.
create function app.append_record(p_kind text, p_subject uuid, p_scope text, p_enterprise uuid, p_text text, p_content_sha256 text,
  p_signature text, p_key_id text, p_numbers jsonb, p_at timestamptz) returns public.records
  language plpgsql volatile security definer set search_path = ''
as $$
declare head app.record_head; r public.records;
begin
  select * into head from app.record_head for update;
  r.position := head.position + 1; r.kind := p_kind; r.subject_id := p_subject; r.scope := p_scope; r.enterprise_id := p_enterprise;
  r.canonical_text := p_text; r.sha256 := app.sha256_hex(p_text); r.content_sha256 := p_content_sha256;
  r.signature := p_signature; r.key_id := p_key_id;
  r.sealed_at := greatest(coalesce(date_trunc('milliseconds', p_at), app.clock_now()), head.sealed_at);
  select coalesce(string_agg(key || '=' || (value->>'text'), E'\n' order by key collate "C"), '') into r.numbers_text from jsonb_each(p_numbers);
  r.previous_link := head.link;
  r.link := app.sha256_hex(concat_ws(E'\n', r.previous_link, r.sha256, r.numbers_text, app.instant_text(r.sealed_at)));
  insert into public.records select r.*;
  update app.record_head set position = r.position, link = r.link, sealed_at = r.sealed_at;
  return r;
end $$;

-- Verification and the document worker read the chain with the secret key.
create function public.read_chain(p_after bigint, p_limit int default 200) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'head', (select jsonb_build_object('position', h.position, 'link', h.link) from app.record_head h),
    'records', coalesce((select jsonb_agg(jsonb_build_object('position', r.position, 'kind', r.kind, 'subjectId', r.subject_id,
      'canonicalText', r.canonical_text, 'sha256', r.sha256, 'contentSha256', r.content_sha256, 'signature', r.signature, 'keyId', r.key_id,
      'numbersText', r.numbers_text, 'sealedAt', app.instant_text(r.sealed_at), 'previousLink', r.previous_link, 'link', r.link,
      'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'year', d.year,
        'number', d.number, 'numberText', d.number_text, 'agencyId', d.agency_id, 'pdfSha256', d.pdf_sha256, 'pdfBytes', d.pdf_bytes, 'signature', app.signature_of(d.id)) order by d.kind), '[]')
        from public.documents d where d.record_position = r.position)) order by r.position)
    from (select * from public.records where position > p_after order by position limit least(p_limit, 1000)) r), '[]'))
$$;
grant execute on function public.read_chain(bigint, int) to service_role;

-- 更正: a sealed record never changes. A later one stands in its place, at most one in the place of each, so that the records of a visit
-- (or of a paper issued on its own) are a line whose last one holds (docs/decisions/superseding-records.md).
create table public.corrections (
  id uuid primary key references public.records (subject_id),
  subject_id uuid not null,
  supersedes uuid not null unique references public.records (subject_id),
  number int not null check (number > 0),
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  is_internal boolean not null default false,
  reason text not null check (length(reason) between 2 and 500),
  by_id uuid not null,
  by_name text not null,
  by_role text not null check (by_role in ('officer', 'supervisor')),
  at timestamptz not null,
  unique (subject_id, number)
);
comment on table public.corrections is 'Every column is stated by the correcting record. subject_id: the visit, or the act that began the line.';
create index corrections_scope on public.corrections (scope);
create trigger corrections_append_only before update or delete on public.corrections for each row execute function app.forbid_change();
alter table public.corrections enable row level security;
grant select on public.corrections to authenticated;
create policy "staff see their scope, a principal their own except internal papers" on public.corrections for select to authenticated
  using (scope <@ (select app.visible_scopes()) or (enterprise_id = any ((select app.own_enterprises())::uuid[]) and not is_internal));

-- The record that holds today, or held before a position: the last of its line.
create function app.standing_record(p_subject uuid, p_upto bigint default null) returns setof public.records
  language sql stable security definer set search_path = ''
as $$
  select r.* from public.records r
  where (r.subject_id = p_subject or r.subject_id in (select c.id from public.corrections c where c.subject_id = p_subject))
    and (p_upto is null or r.position <= p_upto)
  order by r.position desc limit 1
$$;

-- What stands in the place of the papers of a record; null: they stand themselves. The number is that of the paper of this kind, else
-- that of the first one that the correction yielded (an order whose items all fell away is replaced by the record).
create function app.replacement_of(p_position bigint, p_kind text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('correctionId', c.id, 'number', c.number, 'at', app.instant_text(n.sealed_at), 'sha256', n.sha256,
    'documentId', x.id, 'numberText', x.number_text)
  from public.records r join public.corrections c on c.supersedes = r.subject_id join public.records n on n.subject_id = c.id
  left join lateral (select d.id, d.number_text from public.documents d where d.record_position = n.position
    order by (d.kind = p_kind) desc, d.kind limit 1) x on true
  where r.position = p_position
$$;

-- For /v/{sha256}: what anyone may know of a record or a PDF: that it exists, when, and whether the link holds.
create function public.verify_hash(p_sha256 text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(
    (select app.success(jsonb_build_object('kind', 'record', 'position', r.position, 'sealedAt', app.instant_text(r.sealed_at),
      'canonicalText', r.canonical_text, 'sha256', r.sha256, 'signature', r.signature, 'keyId', r.key_id, 'numbersText', r.numbers_text,
      'previousLink', r.previous_link, 'link', r.link,
      'linkBefore', (select b.link from public.records b where b.position = r.position - 1),
      'previousLinkAfter', (select n.previous_link from public.records n where n.position = r.position + 1),
      'headPosition', (select h.position from app.record_head h), 'recordKind', r.kind,
      'documents', (select jsonb_agg(jsonb_build_object('kind', d.kind, 'track', d.track,
        'numberText', d.number_text, 'state', d.state, 'agencyName', d.agency->>'name', 'pdfSha256', d.pdf_sha256,
        'signature', app.signature_of(d.id),
        'replacedBy', case when d.state = 'superseded' then app.replacement_of(r.position, d.kind)->>'numberText' end) order by d.kind)
        from public.documents d where d.record_position = r.position),
      'replacement', (select x - array['documentId', 'correctionId'] from app.replacement_of(r.position, 'inspection_record') x),
      'replaces', (select jsonb_build_object('sha256', b.sha256, 'number', c.number) from public.corrections c
        join public.records b on b.subject_id = c.supersedes where c.id = r.subject_id)))
      from public.records r where r.sha256 = p_sha256
        or r.position = (select d.record_position from public.documents d where d.pdf_sha256 = p_sha256
          or d.id = (select s.id from public.document_signatures s where s.signed_sha256 = p_sha256) limit 1)),
    app.refusal('record.unknown'))
$$;
grant execute on function public.verify_hash(text) to service_role;

-- The document worker: what still has to be rendered, everything a rendering needs, and the result. Idempotent.
-- Only what was issued lately: a loaded history is rendered when somebody asks for it.
create function public.documents_to_render(p_limit int default 20, p_within_days int default 2) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(d.id order by d.record_position desc, d.kind), '[]') from (
    select * from public.documents where pdf_sha256 is null and issued_at > app.now() - p_within_days * interval '1 day'
      and coalesce(render_retry_at <= app.now(), true)
    order by record_position desc, kind limit least(p_limit, 500)) d
$$;
grant execute on function public.documents_to_render(int, int) to service_role;

-- A hazard keeps the number that its order gave it: its place among the items of that order.
create function app.order_number(h public.hazards) returns int
  language sql stable security definer set search_path = ''
as $$
  select count(*)::int from public.hazards x
  left join lateral (select r.kind, r.canonical_text from public.documents o join public.records r on r.position = o.record_position
    where o.inspection_id = h.inspection_id and o.kind = 'rectification_order' order by o.record_position limit 1) q on true
  where x.inspection_id = h.inspection_id and x.measure = 'deadline' and x.position <= h.position and (x.state <> 'withdrawn' or x.id = h.id)
    and (q.kind is distinct from 'adoption' or x.id in (select (a->>'id')::uuid from jsonb_array_elements(q.canonical_text::jsonb->'hazards') a))
$$;

-- The number of the order that it stands on; null: on none.
create function app.order_text(h public.hazards) returns text
  language sql stable security definer set search_path = ''
as $$
  select o.number_text from public.documents o where o.inspection_id = h.inspection_id and o.kind = 'rectification_order' and h.measure = 'deadline'
    and h.state <> 'reported' order by (o.state = 'issued') desc, o.record_position desc limit 1
$$;

create function public.document_source(p_document uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text, 'agency', d.agency,
    'issuedAt', app.instant_text(d.issued_at), 'deliveryId', d.delivery_id, 'pdfSha256', d.pdf_sha256,
    'deliverySerial', (select v.serial from public.deliveries v where v.id = d.delivery_id),
    'record', jsonb_build_object('kind', r.kind, 'position', r.position, 'text', r.canonical_text, 'sha256', r.sha256,
      'signature', r.signature, 'keyId', r.key_id),
    -- An adoption's own record names hazards only; what was found stands in the record of the report, as it then stood.
    'inspectionRecord', (select jsonb_build_object('text', b.canonical_text, 'sha256', b.sha256, 'signature', b.signature, 'keyId', b.key_id)
      from app.standing_record(i.id, d.record_position) b),
    'correction', (select jsonb_build_object('number', c.number, 'reason', c.reason, 'byName', c.by_name, 'byRole', c.by_role,
        'officers', (select array_remove(array[i.inspector_name, i.companion_name], null)),
        'superseded', jsonb_build_object('text', b.canonical_text, 'sha256', b.sha256, 'signature', b.signature, 'keyId', b.key_id),
        'replaces', (select jsonb_build_object('numberText', o.number_text, 'issuedAt', app.instant_text(o.issued_at), 'isSameKind', o.kind = d.kind)
          from public.documents o where o.record_position = b.position order by (o.kind = d.kind) desc, o.kind limit 1))
      from public.corrections c join public.records b on b.subject_id = c.supersedes where c.id = r.subject_id),
    'replacement', case when d.state = 'superseded' then app.replacement_of(d.record_position, d.kind) end,
    'inspection', case when i.id is not null then
      jsonb_build_object('id', i.id, 'nthOfYear', i.nth_of_year, 'inspectedOn', i.inspected_on, 'kind', i.kind) end,
    'community', (select v.name from public.areas a join public.area_versions v on v.area_id = a.id
      where a.level = 'community' and app.is_below(i.scope, a.scope)
      order by (v.valid_from <= i.inspected_on and coalesce(v.valid_to > i.inspected_on, true)) desc, v.valid_from limit 1),
    'recordNumber', (select o.number_text from public.documents o where o.record_position = d.record_position and o.kind = 'inspection_record'),
    'report', (select jsonb_build_object('numberText', o.number_text, 'issuedAt', app.instant_text(o.issued_at))
      from public.documents o where o.inspection_id = i.id and o.kind = 'hazard_report' and o.record_position < d.record_position
      order by o.record_position desc limit 1),
    'order', (select jsonb_build_object('numberText', o.number_text, 'issuedAt', app.instant_text(o.issued_at))
      from public.documents o where o.kind = 'rectification_order' and o.inspection_id in (select h.inspection_id from public.hazards h
        where h.id in (select (v->>'hazardId')::uuid from jsonb_array_elements(coalesce(r.canonical_text::jsonb->'content'->'verdicts', '[]')) v))
        and o.record_position < d.record_position
      order by (o.inspection_id = i.rechecks) desc, o.record_position desc limit 1),
    'rechecked', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'description', h.description, 'part', h.part,
        'orderNumber', app.order_number(h)) order by h.found_on, h.position), '[]')
      from public.hazards h where h.id in (select (v->>'hazardId')::uuid from jsonb_array_elements(
        coalesce(r.canonical_text::jsonb->'content'->'verdicts', '[]')) v)))
  from public.documents d join public.records r on r.position = d.record_position left join public.inspections i on i.id = d.inspection_id
  where d.id = p_document
$$;
grant execute on function public.document_source(uuid) to service_role;

create function public.store_document_pdf(p_document uuid, p_sha256 text, p_bytes int, p_template_version text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.documents;
begin
  select * into d from public.documents where id = p_document for update;
  if d.id is null then raise exception 'store_document_pdf: got unknown document %, expected one to render', p_document; end if;
  if d.pdf_sha256 is not null then return app.success(jsonb_build_object('pdfSha256', d.pdf_sha256)); end if;
  update public.documents set pdf_sha256 = p_sha256, pdf_bytes = p_bytes, template_version = p_template_version, rendered_at = app.now(),
    render_problem = null, render_retry_at = null where id = p_document;
  -- An enterprise follows the events that name it, and would learn of a paper that is none of its own.
  perform app.append_event('document.rendered', d.scope, case when not app.is_internal(d.kind) then d.enterprise_id end,
    jsonb_build_object('documentId', d.id, 'inspectionId', d.inspection_id, 'kind', d.kind));
  return app.success(jsonb_build_object('pdfSha256', p_sha256));
end $$;
grant execute on function public.store_document_pdf(uuid, text, int, text) to service_role;

-- No PDF, and why. Tried again after a minute, then after twice as long each time, at most every six hours. A record
-- whose signature does not hold is never tried again: that is for a person, so it stands in the audit log too.
create function public.note_render_problem(p_document uuid, p_problem jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.documents; never boolean := p_problem->>'code' = 'record.signature';
begin
  select * into d from public.documents where id = p_document for update;
  if d.id is null then raise exception 'note_render_problem: got unknown document %, expected one to render', p_document; end if;
  if d.pdf_sha256 is not null then return app.success('{}'); end if;
  if d.render_problem is distinct from p_problem then
    if never then perform app.audit(null, 'record.signature', d.record_position::text, false, d.scope, jsonb_build_object('documentId', d.id)); end if;
    perform app.append_event('document.not_rendered', d.scope, case when not app.is_internal(d.kind) then d.enterprise_id end,
      jsonb_build_object('documentId', d.id, 'inspectionId', d.inspection_id, 'problem', p_problem->>'code'));
  end if;
  update public.documents set render_problem = p_problem, render_attempts = render_attempts + 1,
    render_retry_at = case when never then 'infinity' else app.now() + least(60 * 2 ^ least(render_attempts, 12), 21600) * interval '1 second' end
  where id = p_document;
  return app.success('{}');
end $$;
grant execute on function public.note_render_problem(uuid, jsonb) to service_role;
