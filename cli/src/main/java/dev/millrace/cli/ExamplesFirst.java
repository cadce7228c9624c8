package dev.millrace.cli;

import java.util.List;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The order of a help page: what it is, how it is used, and only then the grammar. */
final class ExamplesFirst {
  private ExamplesFirst() {}

  /** A command's footer holds its examples. */
  static List<String> sections() {
    return List.of(
        UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
        UsageMessageSpec.SECTION_KEY_HEADER,
        UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
        UsageMessageSpec.SECTION_KEY_FOOTER,
        UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
        UsageMessageSpec.SECTION_KEY_SYNOPSIS,
        UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
        UsageMessageSpec.SECTION_KEY_DESCRIPTION,
        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
        UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
        UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
        UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);
  }
}
