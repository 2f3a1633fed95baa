package workqueue.checker.claim;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.history.ApiEvent.DryRunAnswered;

/** What an API server made of an object that was sent on trial. */
enum Admission {
  TAKEN,
  /** The guest has no right to send it. */
  NO_RIGHT,
  /** The API does not have its kind. */
  NO_KIND,
  /** There is one of its name. */
  EXISTS,
  /** The namespace is not there, is being removed, or its service account is missing. */
  NAMESPACE_UNUSABLE,
  QUOTA_USED_UP,
  /** A quota wants resources to be stated. */
  RESOURCES_NOT_STATED,
  /** A LimitRange allows no such resources. */
  RESOURCES_NOT_ALLOWED,
  /** Something on the way to it cannot be tried without effects. */
  NO_DRY_RUN,
  WEBHOOK_AWAY,
  DENIED,
  /** It did not answer, or failed. */
  NO_ANSWER;

  /** Begins what is recorded instead of an answer where a right is missing. */
  static final String MAY_NOT = "may not ";

  private static final Pattern ACCOUNT_MISSING =
      Pattern.compile(
          "looking up service account|serviceaccount \"[^\"]+\" not found"
              + "|no api token found for service account");
  private static final Pattern OUT_OF_RANGE =
      Pattern.compile("(?:maximum|minimum) \\S+ usage per |limit to request ratio per ");
  private static final Pattern BY_AUTHORIZER =
      Pattern.compile("cannot (?<verb>[a-z]+) resource \"(?<resource>[^\"]+)\"");

  static Admission of(DryRunAnswered answer) {
    String said = answer.message().toLowerCase(Locale.ROOT);
    if (answer.wasTaken()) {
      return TAKEN;
    }
    if (said.startsWith(MAY_NOT) || BY_AUTHORIZER.matcher(answer.message()).find()) {
      return NO_RIGHT;
    }
    if (answer.code() == null || answer.code() == 429) {
      return NO_ANSWER;
    }
    if (answer.code() == 409) {
      return EXISTS;
    }
    if (said.contains("being terminated")
        || (answer.code() == 404 && said.contains("namespaces "))
        || ACCOUNT_MISSING.matcher(said).find()) {
      return NAMESPACE_UNUSABLE;
    }
    if (answer.code() == 404) {
      return NO_KIND;
    }
    if (said.contains("failed quota") && said.contains("must specify")) {
      return RESOURCES_NOT_STATED;
    }
    if (said.contains("exceeded quota")) {
      return QUOTA_USED_UP;
    }
    if (OUT_OF_RANGE.matcher(said).find()) {
      return RESOURCES_NOT_ALLOWED;
    }
    if (said.contains("dry run") || said.contains("dryrun")) {
      return NO_DRY_RUN;
    }
    if (said.contains("failed calling webhook")) {
      return WEBHOOK_AWAY;
    }
    return answer.code() / 100 == 5 ? NO_ANSWER : DENIED;
  }

  /** The right that is missing, for example {@code create pods}. */
  static String missing(String message) {
    if (message.startsWith(MAY_NOT)) {
      return message.substring(MAY_NOT.length());
    }
    Matcher by = BY_AUTHORIZER.matcher(message);
    return by.find() ? by.group("verb") + " " + by.group("resource") : message;
  }
}
