package workqueue.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import workqueue.configuration.Nearest;
import workqueue.configuration.Parameter;

/** Tells in one message what cannot be understood, and what was probably meant. */
final class BadInput implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(message(wrong, command));
    command
        .getErr()
        .println(
            "Help: java -jar "
                + CommandLines.NAME
                + ".jar"
                + command.getCommandSpec().qualifiedName().substring(CommandLines.NAME.length())
                + " --help");
    return ExitCode.UNKNOWN;
  }

  private static String message(ParameterException wrong, CommandLine command) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().get(0), command);
    }
    if (wrong instanceof MissingParameterException missing) {
      ArgSpec first = missing.getMissing().get(0);
      return first instanceof OptionSpec option
          ? option.longestName() + lacking(option)
          : command.getCommandName() + " lacks " + first.paramLabel() + ".";
    }
    return wrong.getMessage();
  }

  /** An option that has to be given is missing as a whole. */
  private static String lacking(OptionSpec option) {
    return option.required()
        ? " is missing: " + option.longestName() + "=" + option.paramLabel() + "."
        : " lacks its value, " + option.paramLabel() + ".";
  }

  private static String unknown(String word, CommandLine command) {
    String name = command.getCommandName();
    if (word.startsWith("-D" + Parameter.PREFIX)) {
      String parameter = word.substring("-D".length()).split("=", 2)[0];
      return Parameter.named(parameter)
          .map(
              known ->
                  "%s is written %s here."
                      .formatted(word, word.replace("-D" + parameter, Options.of(known))))
          .orElseGet(
              () ->
                  nearest(
                      parameter.replace(Parameter.PREFIX, "--"),
                      "option of " + name,
                      options(command)));
    }
    if (word.startsWith("-")) {
      return nearest(word.split("=", 2)[0], "option of " + name, options(command));
    }
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    return commands.isEmpty()
        ? name + " takes options only, not " + word + "."
        : nearest(word, "command", commands);
  }

  private static String nearest(String word, String what, List<String> known) {
    return "%s is no %s. Did you mean %s?".formatted(word, what, Nearest.of(word, known));
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(each -> names.addAll(List.of(each.names())));
    return names;
  }
}
