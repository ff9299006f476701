package dev.ratchet.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Write to jo.doe+x@mail.example.org today. | Write to [email] today.",
        "Pay to DE89 3704 0044 0532 0130 00, please. | Pay to [iban], please.",
        "Pay to DE89370400440532013001, please. | Pay to DE89370400440532013001, please.",
        "Card 4111 1111 1111 1111 expired. | Card [card] expired.",
        "Number 4111 1111 1111 1112 is none. | Number 4111 1111 1111 1112 is none.",
        "From 192.168.17.4 it came. | From [ip] it came.",
        "Not 999.1.1.1 nor version 1.2.3. | Not 999.1.1.1 nor version 1.2.3.",
        "From 2001:0db8:85a3:0000:0000:8a2e:0370:7334 it came. | From [ip] it came.",
        "Call +49 30 1234567 or (212) 555-0199. | Call [phone] or [phone].",
        "In 2024 we sold 1,234,567 of 3.14159265 each on 2024-05-17. | In 2024 we sold 1,234,567 of 3.14159265 each on 2024-05-17.",
        "Order 4711 of 12 July at 10:30. | Order 4711 of 12 July at 10:30.",
    })
    void replacesWhatIsLikelyPersonal(String text, String masked) {
        PersonalData.Masked once = PersonalData.mask(text);
        assertThat(once.text()).isEqualTo(masked);
        assertThat(once.found().isEmpty()).isEqualTo(text.equals(masked));
        assertThat(PersonalData.mask(once.text()).text()).isEqualTo(masked);
    }
}
