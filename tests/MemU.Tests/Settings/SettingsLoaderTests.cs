using MemU.Retrieve;
using MemU.Settings;

namespace MemU.Tests.Settings;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("memu-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_any_source_everything_is_the_default()
    {
        var loaded = Load();

        Assert.Equal("default", loaded.Settings.UserId);
        Assert.Equal("memory", loaded.Settings.Database.Provider);
        Assert.All(loaded.Effective, e => Assert.Equal("default", e.Origin));
    }

    [Fact]
    public void An_option_wins_over_the_environment_which_wins_over_the_file()
    {
        var file = Write("""{"user_id": "of-file", "agent_id": "of-file", "tenant_id": "of-file"}""");

        var loaded = Load(file, [("MEMU_USER_ID", "of-env"), ("MEMU_AGENT_ID", "of-env")], new SettingOverride("user_id", "of-option", "--user"));

        Assert.Equal(("of-option", "of-env", "of-file"), (loaded.Settings.UserId, loaded.Settings.AgentId, loaded.Settings.TenantId));
        Assert.Equal(("--user", "MEMU_AGENT_ID", file), (loaded["user_id"].Origin, loaded["agent_id"].Origin, loaded["tenant_id"].Origin));
    }

    [Fact]
    public void Every_setting_of_a_file_arrives()
    {
        var file = Write(
            """
            {
              // comments and trailing commas are fine
              "llm": {
                "provider": "ollama", "base_url": "http://localhost:11434", "chat_model": "a", "embed_model": "b", "timeout_seconds": 2.5,
                "max_retries": 7, "fall_back_to_offline": true, "endpoint_overrides": {"chat": "/x"}, "prompts": {"plan": "Plan."},
              },
              "database": {"provider": "sqlite", "sqlite_path": "p.db", "vector_db_path": "v.json"},
              "blob": {"provider": "local", "resources_dir": "r"},
              "memorize": {
                "memory_types": ["profile", "recipe"], "memory_type_prompts": {"recipe": "How to cook something."},
                "memory_categories": [{"name": "food", "description": "What is eaten"}, "travel"], "category_assign_threshold": 0.5
              },
              "retrieve": {"method": "LLM ", "top_k": 9}
            }
            """);

        var settings = Load(file).Settings;

        Assert.Equal(("ollama", 2.5, 7, true), (settings.Llm.Provider, settings.Llm.TimeoutSeconds, settings.Llm.MaxRetries, settings.Llm.FallBackToOffline));
        Assert.Equal("/x", settings.Llm.EndpointOverrides["chat"]);
        Assert.Equal("Plan.", settings.Llm.Prompts["plan"]);
        Assert.Equal(("p.db", "v.json", "r"), (settings.Database.SqlitePath, settings.Database.VectorDbPath, settings.Blob.ResourcesDir));
        var memorize = settings.Memorize.ToOptions();
        Assert.Equal(["profile", "recipe"], memorize.MemoryTypes);
        Assert.Equal([("food", "What is eaten"), ("travel", "")], memorize.Categories.Select(c => (c.Name, c.Description)));
        Assert.Equal(0.5, memorize.CategoryAssignThreshold);
        var retrieve = settings.Retrieve.ToOptions();
        Assert.Equal((RetrieveMethod.Llm, 9), (retrieve.Method, retrieve.TopK));
    }

    [Theory]
    [InlineData("""{"llm": {"apikey": "x"}}""", "'llm.apikey'", "llm.api_key")]
    [InlineData("""{"usr_id": "x"}""", "'usr_id'", "user_id")]
    [InlineData("""{"chat_model": "x"}""", "'chat_model'", "llm.chat_model")]
    [InlineData("""{"database": {"sqlite_pth": "x"}}""", "'database.sqlite_pth'", "database.sqlite_path")]
    [InlineData("""{"zzzzzzzzzzzz": 1}""", "'zzzzzzzzzzzz'", "memu config")]
    public void An_unknown_key_of_a_file_is_an_error_that_names_it_and_the_nearest_known_one(string json, string named, string meant)
    {
        var file = Write(json);

        var error = Assert.Throws<ArgumentException>(() => Load(file));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(meant, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"llm": "openai"}""", "group of settings")]
    [InlineData("""{"llm": {"max_retries": "many"}}""", "llm.max_retries")]
    [InlineData("""{"llm": {"max_retries": [1]}}""", "llm.max_retries")]
    [InlineData("""{"llm": {"timeout_seconds": "NaN"}}""", "llm.timeout_seconds")]
    [InlineData("""{"llm": {"fall_back_to_offline": "perhaps"}}""", "true or false")]
    [InlineData("""{"memorize": {"memory_categories": [{"nme": "x"}]}}""", "memory_categories")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not a JSON object")]
    [InlineData("", "not a JSON object")]
    public void A_wrong_value_or_file_is_an_error_that_names_it(string json, string named)
    {
        var file = Write(json);

        var error = Assert.Throws<ArgumentException>(() => Load(file));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_named_must_exist()
    {
        var missing = Path.Combine(folder, "none.json");

        Assert.Contains(missing, Assert.Throws<ArgumentException>(() => Load(missing)).Message, StringComparison.Ordinal);
        Assert.Contains(missing, Assert.Throws<ArgumentException>(() => Load(null, [("MEMU_CONFIG", missing)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_folder_moves_all_four_paths()
    {
        var loaded = Load(options: new SettingOverride("data", "/d", "--data"));

        Assert.Equal(
            (Path.Combine("/d", "memu.db"), Path.Combine("/d", "vectors.json"), Path.Combine("/d", "resources"), Path.Combine("/d", "keys")),
            (loaded.Settings.Database.SqlitePath, loaded.Settings.Database.VectorDbPath, loaded.Settings.Blob.ResourcesDir, loaded.Settings.Encryption.KeysDir));
        Assert.Equal("--data", loaded["blob.resources_dir"].Origin);
    }

    [Fact]
    public void A_path_of_the_same_source_stays_and_one_of_a_lower_source_moves()
    {
        var file = Write("""{"data": "/d", "database": {"sqlite_path": "/own.db"}}""");

        Assert.Equal("/own.db", Load(file).Settings.Database.SqlitePath);
        Assert.Equal(Path.Combine("/e", "memu.db"), Load(file, [("MEMU_DATA", "/e")]).Settings.Database.SqlitePath);
    }

    [Fact]
    public void Vectors_in_the_database_stay_there_when_the_data_folder_moves()
    {
        var file = Write("""{"database": {"vector_db_path": "sqlite"}}""");

        Assert.Equal("sqlite", Load(file, [], new SettingOverride("data", "/d", "--data")).Settings.Database.VectorDbPath);
    }

    [Fact]
    public void The_common_key_is_the_last_resort_for_openai()
    {
        var file = Write("""{"llm": {"api_key": "of-file"}}""");

        Assert.Equal("common", Load(null, [("OPENAI_API_KEY", "common\n")]).Settings.Llm.ApiKey);
        Assert.Equal("own", Load(null, [("OPENAI_API_KEY", "common"), ("MEMU_LLM_API_KEY", "own")]).Settings.Llm.ApiKey);
        Assert.Equal("of-file", Load(file, [("OPENAI_API_KEY", "common")]).Settings.Llm.ApiKey);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("ollama")]
    [InlineData("azure-openai")]
    [InlineData("offline")]
    public void The_common_key_goes_to_no_other_provider(string provider) =>
        Assert.Null(Load(null, [("OPENAI_API_KEY", "common"), ("MEMU_LLM_PROVIDER", provider)]).Settings.Llm.ApiKey);

    [Fact]
    public void Secrets_are_masked_and_never_part_of_an_error()
    {
        var loaded = Load(null, [("MEMU_LLM_API_KEY", "sk-canary"), ("MEMU_LLM_BASE_URL", "https://me:canary@host/v1?key=canary")]);
        var file = Write("""{"llm": {"api_key": ["sk-canary"]}}""");

        Assert.All(loaded.Effective, e => Assert.DoesNotContain("canary", e.Value ?? "", StringComparison.Ordinal));
        Assert.Equal("MEMU_LLM_API_KEY", loaded["llm.api_key"].Origin);
        Assert.DoesNotContain("canary", Assert.Throws<ArgumentException>(() => Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_variable_counts_as_not_set_but_a_blank_id_never_becomes_the_default_one()
    {
        Assert.Equal("rag", Load(null, [("MEMU_RETRIEVE_METHOD", " ")]).Settings.Retrieve.Method);
        Assert.Equal("", Load(null, [("MEMU_USER_ID", "")]).Settings.UserId);
        Assert.Equal("", Load(Write("""{"user_id": ""}""")).Settings.UserId);
    }

    [Fact]
    public void A_variable_that_is_nearly_one_of_ours_is_pointed_out()
    {
        var loaded = Load(null, [("MEMU_LLM_APIKEY", "secret"), ("MEMU_SOMETHING_QUITE_DIFFERENT", "x"), ("MEMU_DEBUG", "1")]);

        var warning = Assert.Single(loaded.Warnings);
        Assert.Contains("MEMU_LLM_APIKEY", warning, StringComparison.Ordinal);
        Assert.Contains("MEMU_LLM_API_KEY", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_a_higher_source_replaces_the_whole_list()
    {
        var file = Write("""{"memorize": {"memory_types": ["a", "b", "c"]}}""");

        Assert.Equal(["x", "y"], Load(file, [("MEMU_MEMORIZE_MEMORY_TYPES", "x, y")]).Settings.Memorize.MemoryTypes);
    }

    [Theory]
    [InlineData("memorize.category_assign_threshold", "1.5")]
    [InlineData("memorize.category_summary_target_length", "0")]
    [InlineData("memorize.memory_types", "")]
    [InlineData("retrieve.method", "magic")]
    [InlineData("retrieve.top_k", "0")]
    [InlineData("retrieve.top_k", "1001")]
    public void A_value_out_of_bounds_is_an_error_that_names_the_setting(string name, string value)
    {
        var settings = Load(options: new SettingOverride(name, value, "option")).Settings;

        var error = Assert.Throws<ArgumentException>(() => (settings.Memorize.ToOptions(), settings.Retrieve.ToOptions()));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_has_a_variable_of_its_own_and_a_description()
    {
        Assert.All(SettingsCatalog.All, k => Assert.NotEmpty(k.Description));
        var variables = SettingsCatalog.All.Select(k => k.Variable).OfType<string>().ToList();
        Assert.Equal(variables.Distinct(), variables);
        Assert.Equal("MEMU_LLM_API_KEY", SettingsCatalog.Get("llm.api_key")!.Variable);
    }

    private static LoadedSettings Load(string? file = null, (string Name, string Value)[]? environment = null, params SettingOverride[] options) =>
        SettingsLoader.Load(new SettingsRequest
        {
            File = file,
            Environment = (environment ?? []).ToDictionary(e => e.Name, e => e.Value),
            Options = options,
        });

    private string Write(string json)
    {
        var file = Path.Combine(folder, "memu.json");
        File.WriteAllText(file, json);
        return file;
    }
}
