import Base

/// Small numbers and simple fractions in English words.
private let numberWords = [
  "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]

private let teens = [
  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
private let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

/// `three`, and digits beyond `limit`: twelve within a sentence, ninety-nine at its beginning.
func wordsOfNumber(_ number: Double, limit: Int = 12) -> String {
  let rounded = number.rounded()
  guard rounded >= 0, rounded <= Double(limit) else { return Digits(locale: .english).fixed(rounded, places: 0) }
  let value = Int(rounded)
  if value < numberWords.count { return numberWords[value] }
  if value < 20 { return teens[value - 13] }
  return tens[value / 10 - 2] + (value % 10 == 0 ? "" : "-" + numberWords[value % 10])
}

/// The simple share within one point of `share`, if there is one.
func simpleFraction(_ share: Double) -> String? {
  let simple: [(Double, String)] = [
    (0.1, "a tenth"), (0.2, "a fifth"), (0.25, "a quarter"), (1.0 / 3, "a third"), (0.4, "two fifths"),
    (0.5, "half"), (0.6, "three fifths"), (2.0 / 3, "two thirds"), (0.75, "three quarters"),
    (0.8, "four fifths"), (0.9, "nine tenths"), (1, "all"),
  ]
  let nearest = simple.min { abs($0.0 - share) < abs($1.0 - share) }
  return nearest.flatMap { abs($0.0 - share) <= 0.0101 && ($0.0 < 1 || share > 0.995) ? $0.1 : nil }
}

/// `1 attempt`, `134 attempts`: derives the singular from the given plural.
package func counted(_ number: Int, _ plural: String) -> String {
  "\(number) \(number == 1 ? singular(of: plural) : plural)"
}

func singular(of plural: String) -> String {
  switch plural {
  case "was", "were": return "was"
  case "are", "is": return "is"
  case "have", "has": return "has"
  case "children": return "child"
  case "people": return "person"
  default: break
  }
  if plural.hasSuffix("ies") { return plural.dropLast(3) + "y" }
  for ending in ["sses", "xes", "ches", "shes"] where plural.hasSuffix(ending) { return String(plural.dropLast(2)) }
  return plural.hasSuffix("s") ? String(plural.dropLast()) : plural
}
