namespace MemU.Settings;

/// <summary>Every setting there is. It drives loading, the list that <c>memu config</c> prints, and the documentation.</summary>
public static class SettingsCatalog
{
    /// <summary>The name of the setting that moves all files at once.</summary>
    internal const string DataName = "data";

    /// <summary>All settings, group by group.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Text("tenant_id", "The tenant when a command names none.", s => s.TenantId, (s, v) => s.TenantId = v),
        Text("user_id", "The user when a command names none.", s => s.UserId, (s, v) => s.UserId = v),
        Text("agent_id", "The agent when a command names none.", s => s.AgentId, (s, v) => s.AgentId = v),
        new(DataName, SettingKind.Text, "A folder for memu.db, vectors.json, resources/ and keys/ together.", _ => null, (_, _) => { }),

        Text("llm.provider", "Which model answers: offline, openai, azure-openai, ollama or anthropic.", s => s.Llm.Provider, (s, v) => s.Llm.Provider = v),
        Text("llm.base_url", "The endpoint; also how any OpenAI-compatible server is reached.", s => s.Llm.BaseUrl, (s, v) => s.Llm.BaseUrl = v),
        Secret("llm.api_key", "The key; OPENAI_API_KEY is the last resort for openai.", s => s.Llm.ApiKey, (s, v) => s.Llm.ApiKey = v),
        Text("llm.chat_model", "The chat model.", s => s.Llm.ChatModel, (s, v) => s.Llm.ChatModel = v),
        Text("llm.embed_model", "The embedding model.", s => s.Llm.EmbedModel, (s, v) => s.Llm.EmbedModel = v),
        Text("llm.embed_provider", "Who embeds, when it is not llm.provider.", s => s.Llm.EmbedProvider, (s, v) => s.Llm.EmbedProvider = v),
        Text("llm.embed_base_url", "The endpoint of the embedding model, when it is another one.", s => s.Llm.EmbedBaseUrl, (s, v) => s.Llm.EmbedBaseUrl = v),
        Secret("llm.embed_api_key", "The key of the embedding model, when it is another one.", s => s.Llm.EmbedApiKey, (s, v) => s.Llm.EmbedApiKey = v),
        Text("llm.transcribe_model", "The model that writes down speech.", s => s.Llm.TranscribeModel, (s, v) => s.Llm.TranscribeModel = v),
        Map("llm.endpoint_overrides", "Paths below the base URL: chat, embeddings, transcriptions.", s => s.Llm.EndpointOverrides, (s, v) => s.Llm.EndpointOverrides = v),
        Number("llm.timeout_seconds", "Seconds until one attempt at a call is given up.", s => s.Llm.TimeoutSeconds, (s, v) => s.Llm.TimeoutSeconds = v),
        Integer("llm.max_retries", "How often a failed call is tried again.", s => s.Llm.MaxRetries, (s, v) => s.Llm.MaxRetries = v),
        Integer("llm.max_parallelism", "How many calls run at once.", s => s.Llm.MaxParallelism, (s, v) => s.Llm.MaxParallelism = v),
        Integer("llm.embed_batch_size", "Texts per embedding request.", s => s.Llm.EmbedBatchSize, (s, v) => s.Llm.EmbedBatchSize = v),
        Switch("llm.fall_back_to_offline", "Whether to work offline for a call when the model fails.", s => s.Llm.FallBackToOffline, (s, v) => s.Llm.FallBackToOffline = v),
        Map("llm.prompts", "Your own prompts by task: segment, extract, summarize, plan, rank, judge, describe.", s => s.Llm.Prompts, (s, v) => s.Llm.Prompts = v),

        Text("database.provider", "Where memories are kept: memory or sqlite.", s => s.Database.Provider, (s, v) => s.Database.Provider = v),
        Text("database.sqlite_path", "The SQLite file.", s => s.Database.SqlitePath, (s, v) => s.Database.SqlitePath = v),
        Text("database.vector_db_path", "Where vectors are kept: a .json file, json (beside the database) or sqlite (inside it).", s => s.Database.VectorDbPath, (s, v) => s.Database.VectorDbPath = v),
        Text("database.vector_search", "How vectors are searched: auto (by their number), exact or quantised.", s => s.Database.VectorSearch, (s, v) => s.Database.VectorSearch = v),
        new("database.vector_cache_mb", SettingKind.Integer, "Megabytes for the vectors of the spaces in use; a quarter of the memory when not set.",
            s => s.Database.VectorCacheMb, (s, v) => s.Database.VectorCacheMb = (int?)v),
        new("database.vector_search_threads", SettingKind.Integer, "Threads that may search for one question among many vectors; the processors, four at most, when not set.",
            s => s.Database.VectorSearchThreads, (s, v) => s.Database.VectorSearchThreads = (int?)v),

        Text("blob.provider", "Where the bytes of sources are kept: local or memory.", s => s.Blob.Provider, (s, v) => s.Blob.Provider = v),
        Text("blob.resources_dir", "The folder of the sources.", s => s.Blob.ResourcesDir, (s, v) => s.Blob.ResourcesDir = v),

        Secret("encryption.key", "The master key of an encrypted data folder: 32 bytes in base64 or hexadecimal.", s => s.Encryption.Key, (s, v) => s.Encryption.Key = v),
        Text("encryption.key_file", "A file that holds the master key.", s => s.Encryption.KeyFile, (s, v) => s.Encryption.KeyFile = v),
        Text("encryption.keys_dir", "The folder of the spaces' keys, which the master key unwraps.", s => s.Encryption.KeysDir, (s, v) => s.Encryption.KeysDir = v),

        Text("memorize.default_summary_prompt", "What a model shall look for in any source.", s => s.Memorize.DefaultSummaryPrompt, (s, v) => s.Memorize.DefaultSummaryPrompt = v),
        Map("memorize.summary_prompts", "What a model shall look for, by modality.", s => s.Memorize.SummaryPrompts, (s, v) => s.Memorize.SummaryPrompts = v),
        Map("memorize.memory_type_prompts", "What a memory type means, by type.", s => s.Memorize.MemoryTypePrompts, (s, v) => s.Memorize.MemoryTypePrompts = v),
        new("memorize.memory_categories", SettingKind.Categories, "The categories of every space, as {name, description}.",
            s => s.Memorize.MemoryCategories, (s, v) => s.Memorize.MemoryCategories = (List<CategorySettings>?)v),
        new("memorize.memory_types", SettingKind.List, "The types of memory to extract.",
            s => s.Memorize.MemoryTypes, (s, v) => s.Memorize.MemoryTypes = (List<string>?)v),
        Integer("memorize.category_summary_target_length", "The wanted length of a category's summary, in words.", s => s.Memorize.CategorySummaryTargetLength, (s, v) => s.Memorize.CategorySummaryTargetLength = v),
        Number("memorize.category_assign_threshold", "The cosine from which on a stray item goes to its nearest categories.", s => s.Memorize.CategoryAssignThreshold, (s, v) => s.Memorize.CategoryAssignThreshold = v),

        Text("retrieve.method", "How hits are found: rag or llm.", s => s.Retrieve.Method, (s, v) => s.Retrieve.Method = v),
        Integer("retrieve.top_k", "Hits per tier, 1 to 1000.", s => s.Retrieve.TopK, (s, v) => s.Retrieve.TopK = v),

        Text("server.urls", "Where memu serve listens, separated by semicolons.", s => s.Server.Urls, (s, v) => s.Server.Urls = v),
        Text("server.keys_file", "The file of the API keys; keys.json beside the database when not set.", s => s.Server.KeysFile, (s, v) => s.Server.KeysFile = v),
        Text("server.certificate", "The certificate for https, a PEM file.", s => s.Server.Certificate, (s, v) => s.Server.Certificate = v),
        Text("server.certificate_key", "The private key of the certificate, a PEM file.", s => s.Server.CertificateKey, (s, v) => s.Server.CertificateKey = v),
        Texts("server.allowed_roots", "Folders below which files of the server's machine may be memorized.", s => s.Server.AllowedRoots, (s, v) => s.Server.AllowedRoots = v),
        Integer("server.max_body_bytes", "The largest body of a request.", s => s.Server.MaxBodyBytes, (s, v) => s.Server.MaxBodyBytes = v),
        Integer("server.max_import_bytes", "The largest export that may be imported.", s => s.Server.MaxImportBytes, (s, v) => s.Server.MaxImportBytes = v),
        Number("server.request_timeout_seconds", "Seconds until a request is given up.", s => s.Server.RequestTimeoutSeconds, (s, v) => s.Server.RequestTimeoutSeconds = v),
        Integer("server.max_concurrent_requests", "Requests worked on at once; as many again may wait.", s => s.Server.MaxConcurrentRequests, (s, v) => s.Server.MaxConcurrentRequests = v),
        Integer("server.requests_per_minute", "Requests a minute of one key; 0 for no limit.", s => s.Server.RequestsPerMinute, (s, v) => s.Server.RequestsPerMinute = v),
        Integer("server.lockout_failures", "Wrong keys from one address until it is locked out; 0 for never.", s => s.Server.LockoutFailures, (s, v) => s.Server.LockoutFailures = v),
        Integer("server.max_queued_jobs", "Jobs that may wait; more are refused.", s => s.Server.MaxQueuedJobs, (s, v) => s.Server.MaxQueuedJobs = v),
        Integer("server.job_parallelism", "Jobs that are worked on at once.", s => s.Server.JobParallelism, (s, v) => s.Server.JobParallelism = v),
        Texts("server.trusted_proxies", "Addresses of proxies whose X-Forwarded-For is believed.", s => s.Server.TrustedProxies, (s, v) => s.Server.TrustedProxies = v),
        Texts("server.allowed_origins", "Origins of web pages that may call.", s => s.Server.AllowedOrigins, (s, v) => s.Server.AllowedOrigins = v),
        Text("server.otlp_endpoint", "Where traces and numbers are sent by OTLP (gRPC).", s => s.Server.OtlpEndpoint, (s, v) => s.Server.OtlpEndpoint = v),
        Text("server.jwt_authority", "The OpenID provider whose bearer tokens are taken.", s => s.Server.JwtAuthority, (s, v) => s.Server.JwtAuthority = v),
        Text("server.jwt_audience", "For whom the tokens must be issued.", s => s.Server.JwtAudience, (s, v) => s.Server.JwtAudience = v),
        Text("server.jwt_tenant_claim", "The claim that holds the tenant.", s => s.Server.JwtTenantClaim, (s, v) => s.Server.JwtTenantClaim = v),
        Text("server.jwt_user_claim", "The claim that holds the user.", s => s.Server.JwtUserClaim, (s, v) => s.Server.JwtUserClaim = v),
        Text("server.jwt_agent_claim", "The claim that holds the agent.", s => s.Server.JwtAgentClaim, (s, v) => s.Server.JwtAgentClaim = v),
        Text("server.jwt_rights_claim", "The claim that holds the rights; read and write when not set.", s => s.Server.JwtRightsClaim, (s, v) => s.Server.JwtRightsClaim = v),
    ];

    /// <summary>The setting of that name (ignoring case), or null.</summary>
    public static SettingKey? Get(string name) => All.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase));

    private static SettingKey Text(string name, string description, Func<MemUSettings, string?> read, Action<MemUSettings, string> write) =>
        new(name, SettingKind.Text, description, read, (s, v) => write(s, (string)v!));

    private static SettingKey Secret(string name, string description, Func<MemUSettings, string?> read, Action<MemUSettings, string> write) =>
        new(name, SettingKind.Text, description, read, (s, v) => write(s, (string)v!), secret: true);

    private static SettingKey Integer(string name, string description, Func<MemUSettings, int> read, Action<MemUSettings, int> write) =>
        new(name, SettingKind.Integer, description, s => read(s), (s, v) => write(s, (int)v!));

    private static SettingKey Number(string name, string description, Func<MemUSettings, double> read, Action<MemUSettings, double> write) =>
        new(name, SettingKind.Number, description, s => read(s), (s, v) => write(s, (double)v!));

    private static SettingKey Switch(string name, string description, Func<MemUSettings, bool> read, Action<MemUSettings, bool> write) =>
        new(name, SettingKind.Switch, description, s => read(s), (s, v) => write(s, (bool)v!));

    private static SettingKey Texts(string name, string description, Func<MemUSettings, List<string>> read, Action<MemUSettings, List<string>> write) =>
        new(name, SettingKind.List, description, read, (s, v) => write(s, (List<string>)v!));

    private static SettingKey Map(
        string name, string description, Func<MemUSettings, Dictionary<string, string>> read, Action<MemUSettings, Dictionary<string, string>> write) =>
        new(name, SettingKind.Map, description, read, (s, v) => write(s, (Dictionary<string, string>)v!));
}
