/** The commonest passwords of ten characters and more in published leaks, in lower case; shorter ones are refused by length. */
export const common: ReadonlySet<string> = new Set(
  `1234567890 0123456789 12345678910 12345678900 123456789a a123456789 1234567891 9876543210 0987654321 1122334455 123123123123
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop qwertyuiop1 qwerty12345 qwerty123456 qwerty1234 1234qwerasdf asdfghjkl1 asdfghjklm
zaq12wsxcde3 qazwsxedcrfv q1w2e3r4t5 q1w2e3r4t5y6 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123
passwordpassword mypassword mypassword1 changeme123 changemenow welcome123 welcome1234 letmein123 letmein1234 administrator admin12345
admin123456 adminadmin adminadmin1 iloveyou12 iloveyou123 iloveyou1234 princess123 sunshine123 football123 baseball123 superman123
basketball michael123 charlie123 abcdefghij abcdefghijk abc1234567 abcd123456 abcd1234567 a1b2c3d4e5 aa12345678 1234512345 1111122222
liverpool1 manchester chelsea123 secret1234 trustno1trustno1 whatever123 starwars123 pokemon123 computer123 internet123 company123
summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2026 autumn2026 rondorondo rondo12345 rondo123456`.split(
    /\s+/,
  ),
);
