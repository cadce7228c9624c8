package dev.millrace.pinot.proof;

import java.nio.file.Path;
import java.util.Map;
import org.apache.pinot.spi.config.instance.InstanceDataManagerConfig;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.utils.ReadMode;
import org.jspecify.annotations.Nullable;

/** A server's settings: its name and folder, and the defaults of Pinot's own server otherwise. */
@SuppressWarnings("NullAway") // Pinot has nulls for what is not set.
record ServerConfig(String instance, Path folder) implements InstanceDataManagerConfig {

  @Override
  public PinotConfiguration getConfig() {
    return new PinotConfiguration().subset("none");
  }

  @Override
  public String getInstanceId() {
    return instance;
  }

  @Override
  public String getInstanceDataDir() {
    return folder.resolve("index").toString();
  }

  @Override
  public @Nullable String getConsumerDir() {
    return null;
  }

  @Override
  public String getInstanceSegmentTarDir() {
    return folder.resolve("tar").toString();
  }

  @Override
  public @Nullable String getTableDataManagerProviderClass() {
    return null;
  }

  @Override
  public @Nullable String getSegmentStoreUri() {
    return null;
  }

  @Override
  public @Nullable String getConsumerClientIdSuffix() {
    return null;
  }

  @Override
  public ReadMode getReadMode() {
    return ReadMode.mmap;
  }

  @Override
  public @Nullable String getSegmentFormatVersion() {
    return null;
  }

  @Override
  public @Nullable String getAvgMultiValueCount() {
    return null;
  }

  @Override
  public boolean isRealtimeOffHeapAllocation() {
    return true;
  }

  @Override
  public boolean isDirectRealtimeOffHeapAllocation() {
    return false;
  }

  @Override
  public boolean shouldReloadConsumingSegment() {
    return true;
  }

  @Override
  public int getMaxParallelRefreshThreads() {
    return 1;
  }

  @Override
  public boolean isAsyncSegmentRefreshEnabled() {
    return false;
  }

  @Override
  public int getMaxSegmentPreloadThreads() {
    return 0;
  }

  @Override
  public int getMaxParallelSegmentBuilds() {
    return 4;
  }

  @Override
  public int getMaxParallelSegmentDownloads() {
    return -1;
  }

  @Override
  public String getSegmentDirectoryLoader() {
    return "default";
  }

  @Override
  public long getErrorCacheSize() {
    return 100;
  }

  @Override
  public boolean isStreamSegmentDownloadUntar() {
    return false;
  }

  @Override
  public long getStreamSegmentDownloadUntarRateLimit() {
    return -1;
  }

  @Override
  public int getDeletedTablesCacheTtlMinutes() {
    return 60;
  }

  @Override
  public int getDeletedSegmentsCacheSize() {
    return 10_000;
  }

  @Override
  public int getDeletedSegmentsCacheTtlMinutes() {
    return 2;
  }

  @Override
  public @Nullable String getSegmentPeerDownloadScheme() {
    return null;
  }

  @Override
  public PinotConfiguration getUpsertConfig() {
    return new PinotConfiguration().subset("none");
  }

  @Override
  public PinotConfiguration getDedupConfig() {
    return new PinotConfiguration().subset("none");
  }

  @Override
  public PinotConfiguration getAuthConfig() {
    return new PinotConfiguration().subset("none");
  }

  @Override
  public Map<String, Map<String, String>> getTierConfigs() {
    return Map.of();
  }

  @Override
  public boolean isUploadSegmentToDeepStore() {
    return false;
  }

  @Override
  public boolean shouldCheckCRCOnSegmentLoad() {
    return false;
  }

  @Override
  public boolean isDimensionTablePreloadDisabled() {
    return false;
  }
}
