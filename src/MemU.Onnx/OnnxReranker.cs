using MemU.Retrieve;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Tokenizers;

namespace MemU.Onnx;

/// <summary>
/// Asks a cross-encoder on this machine how well each passage answers the question (Nogueira and Cho 2019). The model is the user's: an ONNX file of a
/// BERT-like model with a WordPiece vocabulary that gives one number a pair (ms-marco-MiniLM and its like), or two of which the second says "fits". Thread-safe; no network.
/// </summary>
public sealed class OnnxReranker : IPassageReranker, IDisposable
{
    private const string Ids = "input_ids", Mask = "attention_mask", Types = "token_type_ids";

    private readonly InferenceSession session;
    private readonly BertTokenizer tokenizer;
    private readonly OnnxRerankerOptions options;
    private readonly string model;

    private OnnxReranker(InferenceSession session, BertTokenizer tokenizer, OnnxRerankerOptions options, string model) =>
        (this.session, this.tokenizer, this.options, this.model) = (session, tokenizer, options, model);

    /// <summary>Loads a model.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>: one WordPiece a line, with [CLS], [SEP], [PAD] and [UNK].</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="ArgumentException">A file does not exist or is not what it should be; the message says which and what is wrong.</exception>
    public static OnnxReranker Load(string modelPath, string vocabularyPath, OnnxRerankerOptions? options = null)
    {
        options ??= new OnnxRerankerOptions();
        MustExist(modelPath, "model", nameof(modelPath));
        MustExist(vocabularyPath, "vocabulary", nameof(vocabularyPath));
        var tokenizer = Vocabulary(vocabularyPath, options);
        var session = Session(modelPath, options);
        try
        {
            Check(session, modelPath);
            return new OnnxReranker(session, tokenizer, options, modelPath);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model fails, or answers with something else than one or two numbers a passage.</exception>
    public Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        return Task.Run(() => Score(question, passages, cancellationToken), cancellationToken);
    }

    /// <summary>Lets go of the model.</summary>
    public void Dispose() => session.Dispose();

    private IReadOnlyList<double> Score(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        var asked = tokenizer.EncodeToIds(question, addSpecialTokens: false);
        var pairs = passages
            .Select((p, i) => (Index: i, Pair: TokenPair.Of(
                asked, tokenizer.EncodeToIds(p, addSpecialTokens: false), tokenizer.ClassificationTokenId, tokenizer.SeparatorTokenId, options.MaxTokens)))
            .OrderBy(p => p.Pair.Ids.Length)
            .ToList();
        var scores = new double[passages.Count];

        // Like lengths together: a batch is as long as its longest pair.
        foreach (var batch in pairs.Chunk(options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (score, (index, _)) in Run([.. batch.Select(b => b.Pair)]).Zip(batch))
            {
                scores[index] = score;
            }
        }

        return scores;
    }

    private List<double> Run(IReadOnlyList<TokenPair> batch)
    {
        int[] shape = [batch.Count, batch.Max(p => p.Ids.Length)];
        DenseTensor<long> ids = new(shape), mask = new(shape), types = new(shape);
        ids.Fill(tokenizer.PaddingTokenId);
        foreach (var (row, pair) in batch.Index())
        {
            for (var at = 0; at < pair.Ids.Length; at++)
            {
                (ids[row, at], mask[row, at], types[row, at]) = (pair.Ids[at], 1, at >= pair.SecondAt ? 1 : 0);
            }
        }

        var inputs = new List<NamedOnnxValue> { NamedOnnxValue.CreateFromTensor(Ids, ids), NamedOnnxValue.CreateFromTensor(Mask, mask) };
        if (session.InputMetadata.ContainsKey(Types))
        {
            inputs.Add(NamedOnnxValue.CreateFromTensor(Types, types));
        }

        using var outputs = Run(inputs, shape);
        var values = outputs[0].AsTensor<float>().ToArray();
        return (values.Length / batch.Count, values.Length % batch.Count) switch
        {
            (1, 0) => [.. values.Select(v => (double)v)],
            (2, 0) => [.. values.Chunk(2).Select(v => (double)v[1] - v[0])],
            _ => throw new InvalidOperationException(
                $"The model '{model}' gave {values.Length} numbers for {batch.Count} passages. A cross-encoder for reranking gives one number a passage, or two."),
        };
    }

    private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(List<NamedOnnxValue> inputs, int[] shape)
    {
        try
        {
            return session.Run(inputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException(
                $"The model '{model}' failed on {shape[0]} pairs of {shape[1]} tokens. If it takes fewer tokens, set {nameof(OnnxRerankerOptions)}.{nameof(options.MaxTokens)}: {e.Message}", e);
        }
    }

    private static void MustExist(string path, string what, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path, parameter);
        if (!File.Exists(path))
        {
            throw new ArgumentException($"The {what} of the reranker, '{path}', does not exist.", parameter);
        }
    }

    private static BertTokenizer Vocabulary(string path, OnnxRerankerOptions options)
    {
        try
        {
            // What people wrote is words: a passage that holds "[SEP]" must not look like two.
            return BertTokenizer.Create(path, new BertOptions { LowerCaseBeforeTokenization = options.LowerCase, SplitOnSpecialTokens = false });
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException(
                $"'{path}' is no WordPiece vocabulary ({e.Message}). It is a text file, one piece a line, with [CLS], [SEP], [PAD], [MASK] and [UNK].", nameof(path), e);
        }
    }

    private static InferenceSession Session(string path, OnnxRerankerOptions options)
    {
        using var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (options.Threads is { } threads)
        {
            settings.IntraOpNumThreads = threads;
        }

        try
        {
            return new InferenceSession(path, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ArgumentException($"'{path}' is no ONNX model that can be run here: {e.Message}", nameof(path), e);
        }
    }

    private static void Check(InferenceSession session, string path)
    {
        var inputs = session.InputMetadata.Keys.Order(StringComparer.Ordinal).ToList();
        var unknown = inputs.Except([Ids, Mask, Types]).ToList();
        if (!inputs.Contains(Ids) || !inputs.Contains(Mask) || unknown.Count > 0 || inputs.Any(i => session.InputMetadata[i].ElementType != typeof(long)))
        {
            throw new ArgumentException(
                $"The model '{path}' takes {string.Join(", ", inputs.Select(i => $"{i} ({session.InputMetadata[i].ElementType?.Name})"))}. "
                + $"A reranker takes {Ids}, {Mask} and, if it tells two texts apart, {Types}, all whole numbers of 64 bits.", nameof(path));
        }

        if (session.OutputMetadata.First().Value.ElementType != typeof(float))
        {
            throw new ArgumentException($"The model '{path}' gives {session.OutputMetadata.First().Value.ElementType?.Name}; a reranker gives 32-bit floats.", nameof(path));
        }
    }
}
