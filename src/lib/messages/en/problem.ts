import type { problem as zhCN } from '../zh-CN/problem.ts';

export const problem: Record<keyof typeof zhCN, string> = {
	'problem.request.not_json':
		'What was sent is not JSON; nothing was saved.\nReload the page and send again; a program should check its Content-Type and body.',
	'problem.request.invalid':
		'Something is missing or has the wrong form; nothing was saved.\nMend the marked places and send again.',
	'problem.request.too_large':
		'What was sent is larger than {limitMegabytes, select, unknown {allowed} other {the limit of {limitMegabytes} MB}}; nothing was saved.\nSend fewer files, or send them in several steps.',
	'problem.session.missing':
		'You are not signed in.\nSign in to continue; your drafts are still on this device.',
	'problem.session.expired':
		'Your session has expired.\nSign in again to continue; your drafts are still on this device.',
	'problem.session.wrong_password':
		'The account or the password is wrong.\nCheck both and try again; if you forgot the password, ask your administrator for a new invitation.',
	'problem.session.too_many_attempts':
		'Too many attempts; signing in is paused.\nTry again {minutes, select, unknown {later} other {in {minutes} minutes}}, or ask your administrator.',
	'problem.session.sample_password':
		'The sample password is public and works only on the computer that runs this system.\nUse an account of your own; to show the demo on a phone, start it with LAN=1.',
	'problem.session.no_membership':
		'This account has no agency and no role yet, so it sees no data.\nAsk your administrator for an invitation.',
	'problem.permission.denied':
		'You are not permitted to do this.\nIf your work needs it, ask your administrator to change your role.',
	'problem.permission.area':
		'This place is outside your area.\nCheck the place you chose; if the area is drawn wrongly, tell your administrator.',
	'problem.permission.role':
		'Your role does not include this.\nAsk a colleague who has the role, or your administrator.',
	'problem.permission.track':
		'You may not issue this kind of document.\nCommunity workers report the hazard; a street inspector adopts it and issues the document.',
	'problem.permission.licence':
		'Without a valid enforcement licence no enforcement document can be issued.\nCheck the number and expiry under “Me”, or use a supervision document.',
	'problem.invitation.unknown':
		'This invitation was not found.\nCheck that the link is complete, or ask for a new one.',
	'problem.invitation.expired': 'This invitation has expired.\nAsk the sender for a new one.',
	'problem.invitation.used':
		'This invitation was already used.\nIf that was you, sign in; if not, tell the sender.',
	'problem.invitation.address_taken':
		'This address already has an account.\nSign in, or accept the invitation with another address.',
	'problem.password.unchanged':
		'The new password is the one you have; nothing was changed.\nChoose another one.',
	'problem.password.too_weak':
		'The password is too easy to guess.\nUse at least 10 characters and mix letters, digits or signs.',
	'problem.not_found':
		'This was not found: it was moved, or it is outside what you may see.\nCheck the address, or go back and choose again.',
	'problem.calendar.unknown_year':
		'The holidays of {number, select, unknown {that year} other {{number}}} have not been entered, so working days cannot be counted.\nPlease count by the notice of the State Council; once it is out, update the system.',
	'problem.area.invalid_geometry':
		'The boundary of {name, select, unknown {the area} other {{name}}} is invalid (it may cross itself); it was not saved.\nMove the corners apart; what was imported: mend {line, select, unknown {it} other {shape {line}}} in a drawing program and import again.',
	'problem.area.code_duplicate':
		'This area code is taken; the area was not saved.\nCheck the division code; several parts of one area belong in one record.',
	'problem.area.future':
		'A change of areas cannot begin on a later day; it was not saved.\nChoose today or an earlier day, or save it on the day itself.',
	'problem.area.day':
		'The present version of {name, select, unknown {this area} other {{name}}} does not begin before the day you gave; nothing was saved.\nGive a later day; to mend the present version choose “Correct the present version”.',
	'problem.area.ended':
		'{name, select, unknown {This area} other {{name}}} has been ended and cannot be changed.\nChoose one of the areas in force from the list.',
	'problem.area.has_children':
		'{name, select, unknown {This area} other {{name}}} still has areas below it; it was not ended.\nEnd or move those first.',
	'problem.area.name_taken':
		'There is an area of that name under the same parent; nothing was saved.\nChoose another name, or open the area that is there.',
	'problem.area.faults':
		'The boundary overlaps others, leaves a gap or sticks out; it was not saved.\nMend it, or look at it and tick “save all the same”.',
	'problem.area.changed_meanwhile':
		'Things have changed since you looked; nothing was saved.\nLook at the new result, then save.',
	'problem.area.coordinates':
		'These coordinates{got, select, unknown {} other { ({got})}} cannot be read; they were not used.\nPaste a GeoJSON Polygon or MultiPolygon, or one “longitude,latitude” a line.',
	'problem.enterprise.credit_code':
		'The unified social credit code {got, select, unknown {} other {“{got}” }}failed its check; it was not saved.\nCompare all 18 characters with the licence; mind 0 and O, 1 and I.',
	'problem.enterprise.credit_code_reason':
		'There is neither a credit code nor a reason for its absence.\nEnter the code, or choose why there is none.',
	'problem.enterprise.outside_areas':
		'The position is outside every known area.\nCheck the position and its coordinate system; if both are right, it waits in the queue for an administrator.',
	'problem.enterprise.duplicate':
		'This enterprise is already registered; it was not saved twice.\nOpen the existing one and change it there.',
	'problem.import.encoding':
		'The text of the file is not UTF-8{expected, select, unknown {} gb18030 {; it looks like GB18030 (CSV of a Chinese Excel)} other {; it looks like {expected}}}. Nothing was imported.\nState the encoding (on the command line --encoding {expected, select, unknown {gb18030} other {{expected}}}), or save it from Excel as “CSV UTF-8”.',
	'problem.import.unreadable':
		'The file cannot be read{line, select, unknown {} other { (line {line})}}{got, select, unknown {} other {: {got}}}. Nothing was imported.\nCheck the file: GeoJSON (FeatureCollection), CSV and XLSX are taken.',
	'problem.import.empty':
		'There are no rows in the file; nothing was imported.\nCheck that it is the right file: at least one row must follow the headings.',
	'problem.import.too_many':
		'The file has {number, select, unknown {too many} other {{number}}} rows; at most {expected, select, unknown {20,000} other {{expected}}} are taken at once. Nothing was imported.\nSplit it and import the parts.',
	'problem.import.mapping':
		'There is no field {got, select, unknown {of that name} other {“{got}”}} to map. Nothing was imported.\nWrite field=column with one of these fields: {expected, select, unknown {see the guide} other {{expected}}}.',
	'problem.import.swapped':
		'Longitude and latitude are the wrong way round in {number, select, unknown {many} other {{number}}} places. Nothing was imported.\nSwap the two columns (on the command line with --map); in GeoJSON the longitude comes first.',
	'problem.import.uploaded_gone':
		'The uploaded file has been cleared away. Nothing was imported.\nChoose it again, check it, then import.',
	'problem.import.crs':
		'No coordinate system was named; nothing was imported.\nChoose wgs84, gcj02, bd09 or cgcs2000; ask whoever made the data if unsure.',
	'problem.import.crs_suspect':
		'{number, select, unknown {Many} other {{number}}} places lie outside every area, but inside when read as {expected, select, unknown {another coordinate system} other {{expected}}}. Nothing was imported.\nThe coordinate system is probably wrong: choose {expected, select, unknown {the other one} other {{expected}}}. If it has been checked, say so (“coordinate system checked”, on the command line --crs-confirmed).',
	'problem.import.columns':
		'The file lacks a required column{column, select, unknown {} other { “{column}”}}. Nothing was imported.\nAdd it, or say which column stands for it{got, select, unknown {} other {; the file has: {got}}}.',
	'problem.import.bad_lines':
		'{lines, select, unknown {Some} other {{lines}}} lines failed their checks, so the whole file was refused.\nMend them by the verdict of each line, or choose to skip bad lines.',
	'problem.import.geometry':
		'{line, select, unknown {A shape} other {Shape {line}}} is invalid; nothing was imported.\nMend it in a drawing program, or choose to skip bad lines.',
	'problem.alarm.time':
		'The time lies ahead or more than a year back, and nothing was saved.\nCheck the time and put it right.',
	'problem.alarm.state': 'A check on site or somebody else has closed this lead.\nReload to see how.',
	'problem.event.day':
		'The day lies in the future or more than five years back, and nothing was saved.\nCheck the day on the paper and put it right.',
	'problem.event.clause':
		'That clause is not in force on that day, and nothing was saved.\nChoose the clause again, or check the day.',
	'problem.event.points':
		'The points lie outside what the clause allows, and nothing was saved.\nGive points within its range, with at most two decimals.',
	'problem.event.evidence':
		'There is no evidence, or more than 9 files, and nothing was saved.\nAdd a scan or a photo, one at least.',
	'problem.event.known':
		'This event is registered already with other content, and nothing was saved again.\nOpen the registered one; what is wrong there is corrected with another entry.',
	'problem.event.state':
		'Somebody has dealt with this event otherwise, and this step did nothing.\nReload to see how it stands.',
	'problem.event.appealed':
		'The enterprise has stated its case on this entry and waits for an answer, so it cannot be corrected now.\nAnswer it in the account first; where it is right, reverse the entry, then correct the event.',
	'problem.event.decided':
		'People have decided on this entry, or taking it back would change the band, so one person cannot correct it.\nLet the reviewers reverse the entry in the account, then come back and correct the event.',
	'problem.evidence.too_large':
		'The file is larger than {limitMegabytes, select, unknown {allowed} other {the limit of {limitMegabytes} MB}}; it was not uploaded.\nTake the picture again or choose a smaller file.',
	'problem.evidence.hash_mismatch':
		'The file changed on its way here; it was not saved.\nUpload it again on a steady network; the original on your device is unharmed.',
	'problem.evidence.media_type':
		'This file is not a usable photo.\nChoose a JPEG, PNG or WebP, or a picture taken by the phone; another file with a changed name will not do.',
	'problem.evidence.not_found':
		'This file was not found; it may still be on its way.\nReload in a while; if it stays away, check that the uploading phone is online.',
	'problem.inspection.already_sealed':
		'This inspection is sealed and can no longer change.\nTo correct it, make a new inspection that replaces it; both are kept.',
	'problem.inspection.state':
		'The inspection has moved to another step; this one had no effect.\nReload and go on from there; the other inspector may have just acted.',
	'problem.inspection.checklist_version':
		'The checklist was updated during your inspection.\nFinish with the version you began with; if it cannot be sent, tell your administrator.',
	'problem.inspection.unanswered':
		'{number, select, unknown {Some} other {{number}}} items have no answer yet.\nAnswer each, or use “All others pass”.',
	'problem.inspection.position_reason':
		'The position is poor or far from the door{distanceMetres, select, unknown {} other { (about {distanceMetres} m)}}, and no reason was given.\nMove closer and locate again, or write the reason.',
	'problem.inspection.clock':
		'The clock of this device is off by {minutes, select, unknown {too much} other {about {minutes} minutes}}; nothing was sent.\nTurn on automatic time in the settings and send again; nothing you entered is lost.',
	'problem.signature.missing': 'A required signature is missing.\nSign at the marked place and send again.',
	'problem.signature.empty':
		'The signature is empty or too short to be one.\nWrite the full name; if the person refuses, choose “Refused” and let a witness sign.',
	'problem.signature.witness_missing':
		'The refusal has no witness or no reason yet.\nWrite the reason and let a witness sign.',
	'problem.signature.cosigner':
		'The second inspector has not confirmed yet.\nThe second inspector confirms with their own account; nobody can sign for them.',
	'problem.signature.not_yours':
		'This place is for another person to sign; nothing was saved.\nLet that person sign in and sign.',
	'problem.consent.missing':
		'There is no consent to electronic delivery yet.\nExplain it to the person in charge and tick the consent; without it, deliver on paper.',
	'problem.risk_point.state':
		'This risk point is closed; nothing was changed.\nReload the page; if the risk is still there, register another point.',
	'problem.hazard.clause':
		'A clause is cited that the scheme of this visit lets nobody cite.\nGo back, choose another one or none, and have it signed again.',
	'problem.hazard.state':
		'This hazard has changed its state; this step had no effect.\nReload and go on from its present state.',
	'problem.opinion.basis':
		'A mandatory opinion names its clause; this one was not entered.\nName the law, regulation, rule or standard with its clause, or make it a recommendation.',
	'problem.opinion.own': 'Who entered an opinion does not confirm it.\nAsk another supervisor to.',
	'problem.opinion.state': 'Somebody has dealt with this opinion already.\nReload the page to see it.',
	'problem.tipoff.unknown':
		'No report has this code.\nCheck it and try again; upper or lower case does not matter.',
	'problem.tipoff.state': 'Something has happened to this report meanwhile.\nReload the page, then decide.',
	'problem.tipoff.nobody_there':
		'Nobody here is in charge of that place, so the report was not sent.\nChoose the street or community and send it again.',
	'problem.tipoff.too_many':
		'There were too many reports or codes from here; this one was not taken.\nTry again {minutes, select, unknown {later} other {in {minutes} minutes}}, and keep what you have written.',
	'problem.ledger.too_long':
		'The ledger has {number, select, unknown {too many} other {{number}}} lines; one workbook holds {expected, select, unknown {twenty thousand} other {{expected}}}. No file was made.\nNarrow the time or the community, or save it as CSV, which has no limit.',
	'problem.map.past_too_many':
		'A past day can be shown for at most {expected, select, unknown {20,000} other {{expected}}} enterprises, and you oversee more{got, select, unknown {} other { ({got})}}.\nUse an account of a street, or look at today.',
	'problem.hazard.deadline':
		'The deadline is wrong: it may not be before the day of the inspection nor beyond the days allowed.\nChoose another day.',
	'problem.hazard.evidence_missing':
		'The proof has no photo yet.\nTake at least one that shows the hazard or its repair.',
	'problem.decision.state':
		'This entry or band has moved on, so nothing was done.\nReload the page and go on from its present state.',
	'problem.decision.same_person':
		'You have already agreed; a change of band takes different people.\nAsk another reviewer to sign in and decide.',
	'problem.decision.behind':
		'The account is being worked out anew from new facts, so nothing was done.\nWait a few seconds, reload and try again.',
	'problem.appeal.over':
		'The time to state your case is over, so nothing was sent.\nIf you have new facts or evidence, contact the office that checked; other remedies the law gives you are not affected.',
	'problem.measure.state':
		'This measure has moved on, so nothing was done.\nReload the page and go on from its present state.',
	'problem.measure.owner':
		'The person chosen does not work in the area of this site.\nChoose another one from the list.',
	'problem.measure.deadline':
		'The deadline does not hold: not before today, and not more than a year ahead.\nChoose another day.',
	'problem.api_key.unknown':
		'This key is not known, has been revoked or is over.\nAsk an administrator for a new one.',
	'problem.supervision.state':
		'This has moved on to another step, so nothing was done.\nReload, read its course, and act on what stands there now.',
	'problem.supervision.owner':
		'The person chosen does not look after this place, or is not within your area.\nChoose somebody from the list.',
	'problem.supervision.deadline':
		'The deadline does not hold: not before today, not more than a year ahead, and a postponement is later than the deadline.\nChoose another day.',
	'problem.supervision.exists':
		'The same matter has been given to this person already and is not closed.\nLook at that one in the list, or choose somebody else.',
	'problem.scheme.past':
		'The day lies before today, so nothing was declared; what is past does not change.\nChoose today or a later day.',
	'problem.scheme.unknown':
		'There is no such scheme or version.\nGo back to the list of schemes and choose again.',
	'problem.scheme.validity':
		'The scheme is not valid on that day, so it was not declared.\nChoose a day within its validity.',
	'problem.scheme.day_taken':
		'Another scheme is already declared here from that day, so nothing was changed.\nTake that one back first, or choose another day.',
	'problem.scheme.in_force':
		'On that day this scheme already counts here.\nCheck the area, the kind of site and the day.',
	'problem.scheme.begun':
		'This scheme already counts, so it cannot be taken back.\nDeclare another one from today or a later day in its place.',
	'problem.scheme.not_tried':
		'There is no dry run that fits, so nothing was declared.\nTry the scheme for the same area, kind and day first, look at the result, then confirm.',
	'problem.scheme.known':
		'A version with exactly this content is already here.\nUse that version from the list of schemes.',
	'problem.scheme.file':
		'The file did not pass the check and was not kept.\nMend the lines listed and upload it again.',
	'problem.correction.nothing':
		'Nothing was changed, so no correction was issued.\nPut right what is wrong first.',
	'problem.correction.superseded':
		'Somebody has just corrected this record; yours was not issued.\nReload and correct the record that holds now.',
	'problem.correction.not_checked':
		'Nobody was let in that time, so there is no paper to correct.\nIf it was otherwise, check the place again.',
	'problem.correction.adopted':
		'The street has adopted this report by a paper of its own; it cannot be corrected.\nAsk the inspector who adopted it to check again.',
	'problem.correction.rechecked':
		'This hazard was sent in or rechecked: its grade stays, and what was rechecked is not withdrawn. Nothing was issued.\nIts words and place may be corrected, photos added.',
	'problem.correction.deadline_moved':
		'An extension or a recheck has set another deadline; nothing was issued.\nGrant an extension, or correct the record of the recheck.',
	'problem.correction.verdict': 'A correction does not change what a recheck found.\nRecheck again.',
	'problem.correction.photo':
		'Sealed photos stay; nothing was issued.\nYou may add photos, up to nine for each item.',
	'problem.act.agency':
		'Your account belongs to no agency, so it cannot issue papers in the name of one.\nAsk an administrator to set the agency.',
	'problem.act.day':
		'The day is out of range; nothing was issued.\nGive a day within a year from today; a supervision took place today or before.',
	'problem.act.officers':
		'Nothing was issued: no inspector is chosen, or one is not as registered.\nChoose one to four inspectors again.',
	'problem.plan.own': 'You drafted this plan, so you cannot approve it.\nSomebody else in charge has to.',
	'problem.plan.state':
		'The plan has changed meanwhile; this step did not take effect.\nReload to see how it stands.',
	'problem.document.state':
		'The document has changed its state; this step had no effect.\nReload to see its present state.',
	'problem.document.glyph_missing':
		'The document has a character {got, select, unknown {} other {“{got}” }}that the font lacks; it was not made, rather than print a blank.\nUse the common form, and tell your administrator of the character.',
	'problem.document.not_ready':
		'The document is being made.\nReload in a few seconds; the inspection is saved and safe.',
	'problem.document.failed':
		'The document could not be made and will be tried again by itself.\nThe result of the check is saved; if the document does not appear, please ask the administrator.',
	'problem.delivery.unknown':
		'This document was not found: the code is incomplete, was replaced, or the document has not been uploaded yet.\nPlease check the code or ask the inspector for a new one; right after a check the document appears by itself once it is uploaded.',
	'problem.delivery.expired': 'This QR code has expired.\nAsk the inspector for a new one.',
	'problem.delivery.too_many':
		'Too many codes that do not exist were opened from your network, so no document can be opened for now.\nPlease try again {minutes, select, unknown {later} other {in {minutes} minutes}}; if a code does not open, ask the inspector for a new one.',
	'problem.delivery.state':
		'Somebody else has just issued new codes, so nothing was changed.\nPlease reload and use the latest one.',
	'problem.delivery.signed_on':
		'The day of signature is not before the check and not after today.\nPlease enter the day that stands on the paper.',
	'problem.delivery.paper_missing':
		'There is no photo or scan of the signed paper, or more than nine, so nothing was saved.\nPlease photograph the paper that was signed.',
	'problem.delivery.code_wrong':
		'The code is wrong.\nCheck the code the inspector gave you and enter it again.',
	'problem.delivery.code_locked':
		'Too many wrong codes; entering is paused.\nTry again {minutes, select, unknown {later} other {in {minutes} minutes}}, or call the inspector.',
	'problem.rectification.empty':
		'There is neither a description nor a photo of the repair.\nWrite what was done and add photos of the result.',
	'problem.objection.answered':
		'Somebody has answered this objection already; an answer is not changed.\nReload to read it.',
	'problem.notice.push_service':
		'The push service of this browser is not known here; nothing was switched on.\nUse another browser, or ask the administrator to name it in PUSH_HOSTS.',
	'problem.escalation.state':
		'Somebody has taken this step already, or it ended with a rectification, more time or the next step.\nPlease reload to see how it stands.',
	'problem.extension.day':
		'That day cannot be the new deadline: it has to be after the present one{expected, select, unknown {} other { ({expected})}}, not before today and within a year.\nPlease choose another day.',
	'problem.extension.late':
		'The deadline is over, so more time can no longer be asked for.\nPlease put it right as soon as you can and send photos; if there is a difficulty, speak to the inspector.',
	'problem.extension.pending':
		'A request for more time for this hazard is waiting for an answer already.\nPlease wait; the answer will stand on this page.',
	'problem.extension.state':
		'This request has been answered, or ended with what was sent in or with a recheck, so nothing was changed.\nPlease reload to see how it stands.',
	'problem.extension.leader':
		'More time for a major hazard is for a leader to decide.\nPlease report to the person in charge of your unit.',
	'problem.extension.agency':
		'This order is not of your agency, so its deadline is not yours to put off.\nPlease leave it to the agency that issued it.',
	'problem.major.state':
		'This step cannot be taken now and had no effect: something may just have changed.\nReload the page, read what happened, then decide.',
	'problem.major.leader': 'A leader decides on this; nothing changed.\nReport it to the leader in charge.',
	'problem.major.officer':
		'The order is not your agency’s, so this step is not yours.\nAsk a licensed inspector of the issuing agency, or a leader.',
	'problem.major.same_person':
		'Another person has to take this step: nobody reviews what they filed, or closes what they accepted.\nAsk somebody else who may.',
	'problem.major.not_accepted':
		'This major hazard has not passed its acceptance yet; nothing changed.\nRecheck it first.',
	'problem.major.no_plan':
		'The treatment plan is not accepted yet, so it cannot be delisted.\nThe enterprise files it, then it is reviewed.',
	'problem.major.stopped':
		'What was stopped is not released yet, so it cannot be delisted.\nThe enterprise applies in writing, then a leader decides.',
	'problem.major.after_treatment':
		'The treatment is not finished, so resuming cannot be applied for.\nSend in what was put right first.',
	'problem.major.day':
		'The day does not fit; nothing changed.\nName today or a later day, later than the present one to extend; a stop began today or before.',
	'problem.major.scan':
		'What is entered for an enterprise from paper needs its scan; nothing was saved.\nPhotograph each signed page.',
	'problem.task.unknown':
		'There is no such task code, or it no longer holds.\nAsk the inspector to show it again, or ask the agency who they are.',
	'problem.rating.not_checked':
		'This check has no result yet and cannot be rated.\nCome back when it is over and sealed.',
	'problem.rating.given':
		'This check has been rated already; nothing was saved twice.\nIf it was not your enterprise, tell the agency.',
	'problem.rating.over':
		'The time to rate it is over; nothing was saved.\nTurn to the agency if you have something to say.',
	'problem.rating.staff':
		'You are signed in as staff and cannot rate a check.\nThat is for whoever was checked.',
	'problem.record.unknown':
		'This record was not found.\nCheck the address or the QR code; a record’s hash has 64 characters.',
	'problem.record.signature':
		'The signature of this record does not hold, so no document is made from it.\nPlease ask the administrator to look into it; the record and the finding have been kept.',
	'problem.certificate.password':
		'The password of the certificate file is wrong; nothing was kept.\nCheck it and try again (environment variable PDF_CERTIFICATE_PASSWORD, or when asked); a password beyond plain ASCII is not understood: export the file with another.',
	'problem.certificate.unreadable':
		'This is no PKCS#12 file (.p12 or .pfx) that can be read; nothing was kept.\nAsk the certificate authority for a signing certificate as PKCS#12.',
	'problem.certificate.key_mismatch':
		'The file holds no private key, or one that does not belong to its certificate; nothing was kept.\nExport it again, with the private key.',
	'problem.certificate.sm2':
		'This is an SM2 certificate, with which PDFs cannot be signed here yet; nothing was kept.\nAsk for an RSA or ECDSA signing certificate; SM2 needs the signing service of a certificate authority.',
	'problem.certificate.algorithm':
		'The key of the certificate does not do{got, select, unknown {} other { ({got})}}; nothing was kept.\nUse RSA from 2048 bits or ECDSA (P-256, P-384, P-521).',
	'problem.certificate.validity':
		'The certificate is outside of its validity{got, select, unknown {} other { ({got})}} and cannot sign.\nHave it renewed by the certificate authority and store it with keys certificate.',
	'problem.certificate.none':
		'There is no signing certificate here, so nothing to remove.\nTo store one, run keys certificate FILE.p12.',
	'problem.timestamp.failed':
		'The timestamp server gave no timestamp that can be used{got, select, unknown {} other { ({got})}}; the PDF is not signed yet.\nIt is tried again every minute; check PDF_TIMESTAMP_URL and the network.',
	'problem.document.unsigned':
		'There is no digitally signed PDF of this document.\nDownload the plain PDF: it says exactly the same.',
	'problem.folder.locked':
		'The data folder is in use by {pid, select, unknown {another program} other {another program (process {pid})}}; it was not opened, so that no data is lost.\nStop that program first, or choose another DATA_DIR.',
	'problem.server.port_taken':
		'{port, select, unknown {The port} other {Port {port}}} is in use by another program; the server was not started.\nStop that program first, or choose another PORT.',
	'problem.folder.kind':
		'This data folder is already for another use (demo or live), and that cannot change.\nChoose an empty folder.',
	'problem.folder.not_empty':
		'The folder{got, select, unknown {} other { {got}}} is not empty; nothing was restored, so that nothing is overwritten.\nUse an empty folder (DATA_DIR).',
	'problem.folder.no_administrator':
		'There is no administrator here yet, so nobody may import.\nStart the system first (npm start) and sign up the first administrator with the one-time link it prints.',
	'problem.backup.exists': 'The backup file exists already; it was not overwritten.\nChoose another name.',
	'problem.backup.remote':
		'The data is on Supabase and not backed up by this command.\nBack up three things: the database (pg_dump or the backups of Supabase), the buckets evidence and documents, and the folder keys of this DATA_DIR.',
	'problem.backup.invalid':
		'The backup is incomplete or damaged{got, select, unknown {} other {: {got}}}; nothing was restored.\nUse another backup; the present data is unchanged.',
	'problem.bundle.invalid':
		'This is no case bundle of this system, or its container was changed{got, select, unknown {} other { ({got})}}.\nAsk the agency for the bundle again; if it was packed anew, unpack it and compare the files with its own index.html.',
	'problem.bundle.too_large':
		'The case is larger than 4 GB, more than one ZIP file can hold.\nAsk the system’s operator to take the original photos from a backup.',
	'problem.backend.unavailable':
		'The data service cannot be reached.\nTry again in a while; your drafts are still on this device.'
};
