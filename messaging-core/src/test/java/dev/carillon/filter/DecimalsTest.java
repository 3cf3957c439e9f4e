package dev.carillon.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecimalsTest {

  @Example
  void numbersAreWrittenInOneWayOnly() {
    for (String number : List.of("0", "-0", "+7", "007", "1.50", "-0.0000000000000000001")) {
      assertTrue(Decimals.isDecimal(number), number);
    }
    for (String other : List.of("", "-", "+", ".5", "-.5", "5.", "1e3", "1,5", " 1", "1 ", "٣")) {
      assertFalse(Decimals.isDecimal(other), other);
    }
    for (String other : List.of("--1", "1.2.3", "0x1", "NaN", "1.00000000000000000000", "1-")) {
      assertFalse(Decimals.isDecimal(other), other);
    }
  }

  @Example
  void longNumbersAreNone() {
    assertTrue(Decimals.isDecimal("1".repeat(200)));
    assertFalse(Decimals.isDecimal("1".repeat(201)));
  }

  @Property(tries = 20_000)
  void theOrderIsThatOfTheNumbers(@ForAll("numbers") String a, @ForAll("numbers") String b) {
    assertTrue(Decimals.isDecimal(a) && Decimals.isDecimal(b));
    assertEquals(
        new BigDecimal(a).compareTo(new BigDecimal(b)),
        Integer.signum(Decimals.compare(a, b)),
        a + " and " + b);
  }

  /** Mostly close to each other. */
  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> sign = Arbitraries.of("", "-", "+");
    Arbitrary<String> zeros = Arbitraries.of("", "0", "000");
    Arbitrary<String> whole = Arbitraries.of("0", "1", "9", "10", "99", "1".repeat(60));
    Arbitrary<String> fraction =
        Arbitraries.of("", ".0", ".1", ".10", ".09", ".0000000000000000001");
    return Combinators.combine(sign, zeros, whole, fraction).as((a, b, c, d) -> a + b + c + d);
  }
}
