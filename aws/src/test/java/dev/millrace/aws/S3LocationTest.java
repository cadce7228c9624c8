package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @ParameterizedTest
  @CsvSource({
    "s3://bucket, bucket, ''",
    "s3://bucket/, bucket, ''",
    "s3://bucket/tables, bucket, tables/",
    "s3://bucket/tables/, bucket, tables/",
    "S3://my.bucket-1/a/b c, my.bucket-1, a/b c/",
    "s3://bucket//a, bucket, /a/",
  })
  void location_isBucketAndPrefix(String text, String bucket, String prefix) {
    S3Location location = S3Location.parse(text);
    assertThat(location).isEqualTo(new S3Location(bucket, prefix));
    assertThat(location).hasToString("s3://" + bucket + "/" + prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3:///tables", "s3://a b/tables", "s3://x@y/t", "/tables", ""})
  void textThatIsNoLocation_isTheUsersToCorrect(String text) {
    assertThatThrownBy(() -> S3Location.parse(text))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
        .hasMessage("'" + text + "' is not a place in S3. Write s3://BUCKET or s3://BUCKET/PREFIX");
  }

  @Test
  void name_isOfAKeyBelowThePrefix() {
    S3Location location = S3Location.parse("s3://bucket/tables");
    assertThat(location.key("a.avsc")).contains("tables/a.avsc");
    assertThat(location.key("schemas/a..b.avsc")).contains("tables/schemas/a..b.avsc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "..", "../a", "a/../../b", ".", "./a", "/"})
  void nameThatLeadsElsewhere_hasNoKey(String name) {
    assertThat(S3Location.parse("s3://bucket/tables").key(name)).isEmpty();
  }
}
