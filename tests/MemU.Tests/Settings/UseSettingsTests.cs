using MemU.Memorize;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Retrieve;
using MemU.Settings;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Settings;

public sealed class UseSettingsTests
{
    [Theory]
    [InlineData("memory", "memory", "memory", "memory")]
    [InlineData(" SQLite ", "sqlite", "json", "local")]
    public async Task Names_of_providers_are_read_trimmed_and_ignoring_case(string database, string store, string vectors, string blobs)
    {
        await using var services = Services(new MemUSettings { Database = { Provider = database } });

        Assert.Equal(
            (store, vectors, blobs),
            (services.GetRequiredService<IMemoryStore>().Provider, services.GetRequiredService<IVectorIndex>().Provider, services.GetRequiredService<IBlobStore>().Provider));
    }

    [Theory]
    [InlineData("SQLITE", "sqlite")]
    [InlineData("json", "json")]
    [InlineData("./elsewhere/v.JSON", "json")]
    public async Task Vectors_are_where_the_settings_say(string place, string provider)
    {
        await using var services = Services(new MemUSettings { Database = { Provider = "sqlite", VectorDbPath = place } });

        Assert.Equal(provider, services.GetRequiredService<IVectorIndex>().Provider);
    }

    [Fact]
    public async Task The_word_json_means_a_file_beside_the_database()
    {
        await using var services = Services(new MemUSettings { Database = { Provider = "sqlite", SqlitePath = "/some/where/my.db", VectorDbPath = "json" } });

        Assert.Contains(Path.GetFullPath("/some/where/vectors.json"), Assert.IsAssignableFrom<IDataPart>(services.GetRequiredService<IVectorIndex>()).Locations);
    }

    [Theory]
    [InlineData(" Exact ", VectorSearchMode.Exact)]
    [InlineData("quantised", VectorSearchMode.Quantised)]
    [InlineData("AUTO", VectorSearchMode.Auto)]
    public async Task Vectors_are_searched_as_the_settings_say(string search, VectorSearchMode mode)
    {
        await using var services = Services(new MemUSettings { Database = { VectorSearch = search, VectorCacheMb = 3, VectorSearchThreads = 2 } });

        Assert.Equal(mode, services.GetRequiredService<VectorSearchOptions>().Mode);
        Assert.Equal(3 * 1024 * 1024, services.GetRequiredService<VectorSearchOptions>().CacheBytes);
        Assert.Equal(2, services.GetRequiredService<VectorSearchOptions>().Threads);
    }

    [Fact]
    public void A_way_to_search_that_is_none_a_negative_budget_and_no_thread_are_refused_by_name()
    {
        var search = Assert.Throws<ArgumentException>(() => Services(new MemUSettings { Database = { VectorSearch = "fast" } }));
        Assert.Contains("database.vector_search is 'fast'", search.Message);
        var budget = Assert.Throws<ArgumentException>(() => Services(new MemUSettings { Database = { VectorCacheMb = -1 } }));
        Assert.Contains("database.vector_cache_mb is -1", budget.Message);
        var threads = Assert.Throws<ArgumentException>(() => Services(new MemUSettings { Database = { VectorSearchThreads = 0 } }));
        Assert.Contains("database.vector_search_threads is 0", threads.Message);
    }

    [Fact]
    public async Task Sources_may_be_kept_apart_from_the_database()
    {
        await using var services = Services(new MemUSettings { Database = { Provider = "sqlite" }, Blob = { Provider = "Memory" } });

        Assert.Equal("memory", services.GetRequiredService<IBlobStore>().Provider);
    }

    [Fact]
    public async Task Without_a_key_the_engine_is_offline_and_a_key_brings_a_model()
    {
        await using var offline = Services(new MemUSettings());
        await using var model = Services(new MemUSettings { Llm = { ApiKey = "k" } });

        Assert.True(offline.GetRequiredService<IMemoryReasoner>().IsOffline);
        Assert.True(offline.GetRequiredService<EmbeddingModel>().IsOffline);
        Assert.Equal("openai/gpt-4o-mini", model.GetRequiredService<IMemoryReasoner>().Name);
        Assert.False(model.GetRequiredService<EmbeddingModel>().IsOffline);
    }

    [Fact]
    public async Task Settings_win_over_what_was_chosen_before()
    {
        var services = new ServiceCollection();
        services.AddMemU().UseOpenAI("k").UseSettings(new MemUSettings { Llm = { Provider = "offline" }, Retrieve = { TopK = 7 }, Memorize = { MemoryTypes = ["recipe"] } });
        await using var provider = services.BuildServiceProvider();

        Assert.True(provider.GetRequiredService<IMemoryReasoner>().IsOffline);
        Assert.True(provider.GetRequiredService<EmbeddingModel>().IsOffline);
        Assert.Equal(7, provider.GetRequiredService<RetrieveOptions>().TopK);
        Assert.Equal(["recipe"], provider.GetRequiredService<MemorizeOptions>().MemoryTypes);
    }

    [Fact]
    public void What_is_unknown_is_an_error_that_lists_what_is_known()
    {
        Assert.Contains("memory, sqlite", Error(new() { Database = { Provider = "oracle" } }), StringComparison.Ordinal);
        Assert.Contains("local, memory", Error(new() { Blob = { Provider = "cloud" } }), StringComparison.Ordinal);
        Assert.Contains(".json", Error(new() { Database = { Provider = "sqlite", VectorDbPath = "v.bin" } }), StringComparison.Ordinal);
        Assert.Contains("ollama", Error(new() { Llm = { Provider = "opnai" } }), StringComparison.Ordinal);
        Assert.Contains("rag, llm", Error(new() { Retrieve = { Method = "magic" } }), StringComparison.Ordinal);
        Assert.Contains("conversation", Error(new() { Memorize = { SummaryPrompts = { ["smell"] = "x" } } }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_blank_or_twice_is_an_error_that_names_it()
    {
        Assert.Contains("user", Error(new() { UserId = " " }), StringComparison.Ordinal);
        Assert.Contains("database.sqlite_path", Error(new() { Database = { Provider = "sqlite", SqlitePath = "" } }), StringComparison.Ordinal);
        Assert.Contains("blob.resources_dir", Error(new() { Blob = { Provider = "local", ResourcesDir = "" } }), StringComparison.Ordinal);
        Assert.Contains("'Boats'", Error(new() { Memorize = { MemoryCategories = [new() { Name = "Boats" }, new() { Name = "boats" }] } }), StringComparison.Ordinal);
    }

    private static string Error(MemUSettings settings) => Assert.Throws<ArgumentException>(() => Services(settings)).Message;

    private static ServiceProvider Services(MemUSettings settings)
    {
        var services = new ServiceCollection();
        services.AddMemU().UseSettings(settings);
        return services.BuildServiceProvider();
    }
}
