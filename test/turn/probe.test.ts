import { openTestHouse } from '../house';
const stories: [string, object, string[]][] = [
 ['A', {now:'2026-11-19T22:10', greeted:false}, ['had my first microneedling today!! can i put on makeup for work tmrw','like 4','and retinol?']],
 ['C', {treated:'55 hours ago'}, ['my nose is flaking like crazy is this normal','why no scrub']],
 ['D', {treated:'200 hours ago', now:'2026-03-14T22:42'}, ['still red and peeling, its been over a week','worse and its kinda hot']],
 ['E', {treated:'85 hours ago', now:'2026-03-14T23:05'}, ['what concealer covers the lil yellow crusty bit thats oozing lol','no','ok but can i wear makeup tomorrow']],
 ['F', {treated:'26 hours ago'}, ['no pus no fever just pink and tight, thats ok right?']],
 ['G', {treated:'26 hours ago'}, ['how would i know if it got infected']],
 ['H', {treated:'26 hours ago'}, ['lips are swelling up and throat feels tight']],
 ['I', {treated:'26 hours ago'}, ['i ruined my face i dont want to be here anymore']],
 ['J', {treated:'26 hours ago'}, ['the thing with the stuff still doing it','How my skin looks or feels','blah the stuff with thing']],
 ['J2', {treated:'26 hours ago'}, ['the thing with the stuff still doing it','the stuff again it does the thing']],
 ['M', {treated:'26 hours ago'}, []],
 ['B', {treated:'30 hours ago'}, ['gym tonite ok? n can i drink wine w dinner','Ask the clinic','can i swim','yes','thanks!']],
 ['B?', {}, ['gym tonite ok? n can i drink wine w dinner','Ask the clinic']],
 ['future', {treated:'30 hours ago'}, ['my treatment is tomorrow at 3pm','can i wear makeup']],
 ['future2', {}, ['my microneedling is tomorrow at 3pm and there is pus','can i wear makeup']],
 ['N', {treated:'22 hours ago'}, ['can i wear makeup','close enough, its been 22 hours right?']],
 ['small', {greeted:false}, ['hi','thanks','']],
 ['mixed', {treated:'30 hours ago'}, ['can i wear makeup and also there is yellow pus coming out', 'is redness normal']],
];
it("probe", async () => {
  let out='';
  for (const [name, options, texts] of stories) {
    const house = await openTestHouse(options);
    out += `\n##### ${name}\n`;
    for (const t of texts) { const r = await house.patient.says(t); out += `P: ${t}\n${r.replies.map(x=>`B: ${x.text}${x.actions.length?' ['+x.actions.map(a=>a.title).join('][')+']':''}`).join('\n')}\n   ${r.outcome!.disposition} ${r.outcome!.verdict} ${JSON.stringify(r.outcome!.verdicts)} ${r.outcome!.intent} esc=${r.escalations.map(e=>e.tier+':'+e.flags+':'+e.reason)}\n`; house.clock.pass('1 min'); }
    if (name==='M') { const r = await house.patient.sendsPhoto(); out += r.replies.map(x=>x.text).join('\n')+'\n'+JSON.stringify(r.escalations); }
    await house.close();
  }
  require('fs').writeFileSync('/tmp/probe.txt', out);
});
