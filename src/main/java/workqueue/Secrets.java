package workqueue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords that are known, taken out of text wherever they stand in it: as they are,
 * percent-encoded, or within something in Base64. Threads may share it.
 *
 * <p>{@link Redaction} needs to know no password, and sees those in URLs only.
 */
public final class Secrets {
  /** A shorter password is a word like others: {@code guest} is one, and a user's name as well. */
  private static final int SHORTEST = 8;

  private static final String HIDDEN = "***";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{" + SHORTEST + ",}");
  private static final int QUANTUM = 4;

  private final List<Secret> known = new CopyOnWriteArrayList<>();

  /**
   * A password.
   *
   * @param spelled how it may be spelled as plain text
   * @param bytes its UTF-8, each byte as a character
   */
  private record Secret(Pattern spelled, String bytes) {

    static Secret of(String password) {
      StringBuilder regex = new StringBuilder();
      password
          .codePoints()
          .mapToObj(Character::toString)
          .forEach(
              each ->
                  regex
                      .append("(?:")
                      .append(Pattern.quote(each))
                      .append("|(?i:")
                      .append(percentEncoded(each))
                      .append("))"));
      return new Secret(Pattern.compile(regex.toString()), latin(utf8(password)));
    }

    private static String percentEncoded(String character) {
      StringBuilder encoded = new StringBuilder();
      for (byte each : utf8(character)) {
        encoded.append(String.format("%%%02x", each & 0xff));
      }
      return encoded.toString();
    }
  }

  /** Looks for this password from now on, unless it is shorter than 8 characters. */
  public void keep(String password) {
    if (password.length() >= SHORTEST) {
      known.add(Secret.of(password));
    }
  }

  /** Whether this is one of the passwords; empty if it is shorter than those, or none is known. */
  public Optional<Boolean> knows(String password) {
    if (known.isEmpty() || password.length() < SHORTEST) {
      return Optional.empty();
    }
    String bytes = latin(utf8(password));
    return Optional.of(known.stream().anyMatch(each -> each.bytes().equals(bytes)));
  }

  /** Replaces each known password in the text by {@code ***}, and so what is Base64 of one. */
  public String redact(String text) {
    String clean = text;
    for (Secret secret : known) {
      clean = secret.spelled().matcher(clean).replaceAll(Matcher.quoteReplacement(HIDDEN));
      clean =
          BASE64
              .matcher(clean)
              .replaceAll(
                  found -> Matcher.quoteReplacement(holds(found, secret) ? HIDDEN : found.group()));
    }
    return clean;
  }

  /** Words before it may make it begin anywhere within a group of four. */
  private static boolean holds(MatchResult found, Secret secret) {
    String encoded = found.group().replace('-', '+').replace('_', '/');
    for (int from = 0; from < QUANTUM; from++) {
      if (decoded(encoded.substring(from)).contains(secret.bytes())) {
        return true;
      }
    }
    return false;
  }

  private static String decoded(String encoded) {
    // A single character too many is half a byte.
    int whole = encoded.length() % QUANTUM == 1 ? encoded.length() - 1 : encoded.length();
    return latin(Base64.getDecoder().decode(encoded.substring(0, whole)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
