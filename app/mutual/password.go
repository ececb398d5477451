package mutual

import (
	"slices"
	"strings"
	"unicode"
)

// commonWords are what everybody who guesses tries first, and words of the house; figures and signs round them do not help.
var commonWords = []string{"password", "passw0rd", "parola", "qwerty", "qwertyuiop", "azerty", "asdfghjk", "abcdefgh", "abcdef", "welcome", "benvenuto",
	"benvenuta", "admin", "administrator", "amministratore", "iloveyou", "tiamo", "amoremio", "amore", "ciaociao", "ciao", "italia", "juventus",
	"inter", "milan", "napoli", "roma", "francesco", "francesca", "giuseppe", "alessandro", "andrea", "mario", "maria",
	"letmein", "monkey", "dragon", "sunshine", "princess", "cambiami", "changeme", "segreto", "secret",
	"mutua", "sodale", "salute", "socio", "rimborso", "aurora", "mutuaaurora", "cesarepozzo", "mutuacesarepozzo", "insieme", "insiemesalute",
	"cooperazione", "cooperazionesalute", "coopsalute", "mantova", "mantovasalus", "gruppomantovasalus"}

// CommonPassword reports whether a password is one of those that are guessed first: a common word with figures or signs round it,
// or nothing but figures and signs. Capital or small letters are the same; "" is not common, but missing.
func CommonPassword(password string) bool {
	letters := strings.TrimFunc(strings.ToLower(password), func(r rune) bool { return !unicode.IsLetter(r) })
	return password != "" && letters == "" || slices.Contains(commonWords, letters)
}
