// Answers for each person on standard input, a JSON line each, what codice-fiscale-js says. The argument is its folder.
const { CodiceFiscale } = require(process.argv[2]);
const attempt = (f) => { try { return f(); } catch (e) { return "! " + e.message; } };
const compute = (p, surname, name) => attempt(() => CodiceFiscale.compute({
  surname, name, gender: p.sex, day: p.day, month: p.month, year: p.year, birthplace: p.place, birthplaceProvincia: "",
}));
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const p = JSON.parse(line);
  const back = attempt(() => CodiceFiscale.computeInverse(p.variant));
  console.log(JSON.stringify({
    code: compute(p, p.surname, p.name),
    spelled: compute(p, p.surnameLetters, p.nameLetters),
    variant: CodiceFiscale.check(p.variant),
    changed: CodiceFiscale.check(p.changed),
    plain: attempt(() => CodiceFiscale.fromOmocodiaToOriginal(p.variant)),
    born: back.birthday || "", sex: back.gender || "",
    named: attempt(() => CodiceFiscale.findLocationCode(p.placeName, p.province)),
    namedLast: attempt(() => CodiceFiscale.findLocationCode(p.lastName, p.lastProvince)),
  }));
});
