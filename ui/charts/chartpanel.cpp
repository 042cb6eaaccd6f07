// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a panel shows; its menu and what is dragged are in chartpanelmenu.cpp.

#include "ui/charts/chartpanel.h"

#include "models/values/format.h"
#include "ui/charts/badge.h"
#include "ui/charts/legendrow.h"
#include "ui/charts/linestyle.h"
#include "ui/charts/rangetable.h"
#include "ui/charts/settingstext.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMilliseconds = 500;
constexpr int radius = 8;
constexpr int gripSize = 14;

QString listed(const QStringList &names)
{
    constexpr qsizetype most = 12;
    if (names.size() <= most)
        return names.join(u", "_s);
    return ChartPanel::tr("%1 and %2 more").arg(names.mid(0, most).join(u", "_s)).arg(names.size() - most);
}

} // namespace

ChartPanel::ChartPanel(const ChartLoader &loader, Place place, QWidget *parent)
    : QFrame(parent)
    , m_place(place)
    , m_feed(loader)
    , m_header(new QWidget(this))
    , m_title(new QLabel(m_header))
    , m_note(new QLabel(m_header))
    , m_notFinite(new Badge(m_header))
    , m_absent(new Badge(m_header))
    , m_points(new Badge(m_header))
    , m_loadAll(new QPushButton(tr("Load All"), m_header))
    , m_sizeButton(new QToolButton(m_header))
    , m_menuButton(new QToolButton(m_header))
    , m_menu(new QMenu(this))
    , m_legend(new LegendRow(this))
    , m_pages(new QStackedWidget(this))
    , m_view(new ChartView(this))
    , m_rangeTable(new RangeTable(this))
    , m_messagePage(new QWidget(this))
    , m_message(new QLabel(m_messagePage))
    , m_retry(new QPushButton(tr("Retry"), m_messagePage))
    , m_grip(new QWidget(this))
{
    makeMenu();
    makeMessage();
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_messagePage);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 4, 1, 4);
    column->setSpacing(0);
    makeHeader();
    column->addWidget(m_legend);
    column->addWidget(m_pages, 1);
    column->addWidget(m_rangeTable);
    m_rangeTable->hide();
    m_grip->resize(gripSize, gripSize);
    m_grip->setCursor(Qt::SizeFDiagCursor);
    m_grip->setToolTip(tr("Drag to resize the panel"));
    m_grip->setVisible(place == Place::Page);
    m_grip->installEventFilter(this);

    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_message->setText(tr("Loading…")); });
    connect(&m_feed, &PanelFeed::progressChanged, this, &ChartPanel::showProgress);
    connect(&m_feed, &PanelFeed::shownChanged, this, &ChartPanel::showContent);
    connect(m_loadAll, &QPushButton::clicked, this, &ChartPanel::retryRequested);
    connect(m_retry, &QPushButton::clicked, this, &ChartPanel::retryRequested);
    connectView();
    applyColours();
    setFocusProxy(m_view);
}

void ChartPanel::makeHeader()
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setMinimumWidth(20);
    m_title->setTextFormat(Qt::PlainText);
    m_note->setTextFormat(Qt::PlainText);
    theme::tint(m_note, &theme::Tokens::secondary);
    m_loadAll->setFlat(true);
    m_loadAll->hide();
    m_sizeButton->setAutoRaise(true);
    m_sizeButton->setVisible(m_place == Place::Page);
    connect(m_sizeButton, &QToolButton::clicked, this, &ChartPanel::fullSizeRequested);
    setFullSize(false);
    m_menuButton->setIcon(theme::icon(u"overflow-menu"_s));
    if (m_menuButton->icon().isNull())
        m_menuButton->setText(u"⋮"_s);
    m_menuButton->setAutoRaise(true);
    connect(m_menuButton, &QToolButton::clicked, this, [this] {
        m_menu->popup(m_menuButton->mapToGlobal(QPoint(0, m_menuButton->height())));
    });
    m_menuButton->setToolTip(tr("Menu of this panel"));

    auto *row = new QHBoxLayout(m_header);
    row->setContentsMargins(12, 4, 6, 4);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_note);
    row->addStretch(1);
    row->addWidget(m_absent);
    row->addWidget(m_notFinite);
    row->addWidget(m_loadAll);
    row->addWidget(m_points);
    row->addWidget(m_sizeButton);
    row->addWidget(m_menuButton);
    static_cast<QVBoxLayout *>(layout())->addWidget(m_header);
    if (m_place == Place::Page) {
        m_header->setToolTip(tr("Drag to move the panel, double click for full size"));
        m_header->installEventFilter(this);
    }
}

void ChartPanel::makeMessage()
{
    m_message->setAlignment(Qt::AlignCenter);
    theme::tint(m_message, &theme::Tokens::secondary);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    auto *column = new QVBoxLayout(m_messagePage);
    column->addStretch(1);
    column->addWidget(m_message);
    column->addWidget(m_retry, 0, Qt::AlignHCenter);
    column->addStretch(1);
}

void ChartPanel::connectView()
{
    const auto showRange = [this] {
        const std::optional<ChartView::Range> &range = m_view->range();
        m_rangeTable->setVisible(range.has_value());
        if (!range)
            return;
        // A query compares what the experiment has in the end, not what an expression makes of it.
        const bool canAsk = panel().metrics.size() == 1 && panel().expressions.isEmpty();
        m_rangeTable->setRange(tr("%1 to %2").arg(m_view->placeText(range->x1), m_view->placeText(range->x2)),
            canAsk ? panel().metrics.constFirst() : QString(),
            rangeStatistics(m_view->lines(), range->x1, range->x2));
    };
    connect(m_view, &ChartView::rangeSelected, this, showRange);
    connect(m_view, &ChartView::drawnChanged, this, showRange);
    connect(m_rangeTable, &RangeTable::closed, m_view, [this] { m_view->selectRange({}); });
    connect(m_rangeTable, &RangeTable::queryRequested, this, &ChartPanel::queryRequested);
    connect(m_view, &ChartView::logarithmicYRequested, this,
        [this](bool now) { toggle(&PanelSettings::logarithmicY, now); });
    connect(m_view, &ChartView::logarithmicXRequested, this,
        [this](bool now) { toggle(&PanelSettings::logarithmicX, now); });
    connect(m_view, &ChartView::smoothingRequested, this, &ChartPanel::smoothingRequested);
    connect(m_view, &ChartView::fullSizeRequested, this, &ChartPanel::fullSizeRequested);
}

void ChartPanel::setPanel(const PanelSettings &panel, const ChartSettings &page)
{
    m_feed.setPanel(panel, page);
    const QString title = panel.displayTitle();
    setAccessibleName(tr("Panel %1").arg(title));
    m_title->setToolTip(title);
    m_title->setAccessibleName(title);
    m_menuButton->setAccessibleName(tr("Menu of the panel %1").arg(title));
    m_logarithmicYAction->setChecked(m_feed.settings().logarithmicY);
    m_logarithmicXAction->setChecked(m_feed.settings().logarithmicX);
    m_note->setText(settingsText(m_feed.settings(), panel));
    m_note->setToolTip(m_note->text());
    fitHeader();
}

QString ChartPanel::note() const
{
    return m_note->text();
}

void ChartPanel::setFullSize(bool isFullSize)
{
    m_sizeButton->setIcon(theme::icon(isFullSize ? u"view-restore"_s : u"view-fullscreen"_s));
    m_sizeButton->setToolTip(isFullSize ? tr("Back to the other panels (Esc)") : tr("Full size"));
    m_sizeButton->setAccessibleName(m_sizeButton->toolTip());
    m_grip->setVisible(m_place == Place::Page && !isFullSize);
}

void ChartPanel::showContent()
{
    ChartContent content;
    content.title = panel().displayTitle();
    content.series = m_feed.seriesNames();
    content.shown = m_feed.shown();
    content.showsEnvelope = m_feed.settings().showsEnvelope;
    content.range = panel().range;
    content.best = panel().best;
    m_view->setContent(content);
    showLegend();
    showProgress();
}

void ChartPanel::showProgress()
{
    showPage();
    // What the badge says is about what is drawn.
    const bool isDrawn = m_feed.shown() != nullptr;
    const PanelFeed::Progress &progress = m_feed.isComputing() && isDrawn ? m_feed.shown()->progress : m_feed.progress();
    const QString points = format::count(static_cast<qint64>(progress.longest));
    const int open = progress.waiting + progress.sampled;
    QString total = tr("Lines: %1. Points: %2.")
                        .arg(progress.sampled + progress.complete)
                        .arg(format::count(static_cast<qint64>(progress.points)));
    if (progress.leftOut > 0) {
        total += u' ' + tr("Lines that stay a sample, because all of their points would take too much memory: %1.")
                            .arg(progress.leftOut);
    }
    const auto hasResampled = [](const std::vector<PanelGroup> &groups) {
        return std::any_of(groups.cbegin(), groups.cend(), [](const PanelGroup &group) { return group.isResampled; });
    };
    if (isDrawn && hasResampled(m_feed.shown()->content.groups)) {
        total += u' ' + tr("Groups whose runs share no x are read at %1 evenly spaced ones.")
                            .arg(format::count(static_cast<qint64>(gridPoints)));
    }
    if (progress.sampled + progress.complete == 0 || !isDrawn)
        m_points->show((progress.waiting > 0 || !isDrawn) && !progress.error ? Badge::Words{tr("Loading…"), tr("…")} : Badge::Words(),
            Badge::Tone::Neutral, {});
    else if (open == 0)
        m_points->show({tr("%1 of %1").arg(points), tr("all %1").arg(points)}, Badge::Tone::Neutral,
            tr("Every point that the server keeps is drawn. %1").arg(total));
    else if (progress.complete == 0)
        m_points->show({tr("Sample of %1 points").arg(points), tr("sample")}, Badge::Tone::Warning,
            tr("The server's sample of each line is drawn until all points are here. %1").arg(total));
    else
        m_points->show({tr("%1 of %2 lines in full").arg(progress.complete).arg(progress.complete + open),
                           tr("%1/%2 full").arg(progress.complete).arg(progress.complete + open)},
            Badge::Tone::Warning, tr("The others are a sample. %1").arg(total));
    const std::optional<api::Error> &error = m_feed.progress().error;
    m_loadAll->setVisible(progress.sampled + progress.complete > 0 && error);
    m_loadAll->setToolTip(error ? error->sentence() : QString());

    const qsizetype absent = progress.absent.size();
    m_absent->show(absent > 0 && absent < progress.runs
            ? Badge::Words{tr("not in %1 of %2 runs").arg(absent).arg(progress.runs), tr("not in %1").arg(absent)}
            : Badge::Words(),
        Badge::Tone::Neutral, tr("%1 isn't in %2.").arg(panel().displayTitle(), listed(progress.absent)));
    showNotFinite();
    fitHeader();
}

// Of what the list of runs can't say: groups, and several lines of a run.
void ChartPanel::showLegend()
{
    std::vector<LegendRow::Entry> entries;
    const PanelQuestion &question = m_view->content().question();
    const std::vector<ChartLine> &lines = m_view->lines();
    if (question.grouping.isActive()) {
        for (std::size_t i = 0; i < lines.size(); ++i)
            entries.push_back({lines[i].run.name, m_view->colourOf(lines[i].run), m_view->styleOf(i)});
    } else if (question.series.size() > 1) {
        for (std::size_t i = 0; i < question.series.size(); ++i)
            entries.push_back({m_view->content().series.value(static_cast<qsizetype>(i)),
                theme::tokens(palette()).secondary, styleOfSeries(i)});
    }
    m_legend->setEntries(std::move(entries));
}

// The distance of neighbouring doubles, where whole numbers as large as these are told apart by little more; else 0.
static double roundedTo(const std::vector<ChartLine> &lines)
{
    constexpr double mostWhole = 18446744073709551616.0; // counters and hashes; what is larger was never exact
    constexpr double fewSteps = 1000;
    double coarsest = 0;
    for (const ChartLine &line : lines) {
        const Pyramid::Range range = line.series->pyramid().total();
        if (range.isEmpty())
            continue;
        const double size = std::max(std::abs(range.low), std::abs(range.high));
        const double spacing = leastSpacing(size);
        if (size <= mostWhole && range.high - range.low < spacing * fewSteps)
            coarsest = std::max(coarsest, spacing);
    }
    return coarsest;
}

void ChartPanel::showNotFinite()
{
    std::size_t gaps = 0;
    int linesWithGaps = 0;
    bool infinite = false;
    for (const ChartLine &line : m_view->lines()) {
        const Series &series = *line.series;
        gaps += series.gaps().size();
        linesWithGaps += series.gaps().empty() ? 0 : 1;
        infinite = infinite || std::any_of(series.gaps().cbegin(), series.gaps().cend(),
                       [&](std::uint32_t gap) { return std::isinf(series.values()[gap]); });
    }
    std::size_t hidden = 0;
    for (const PanelOmission &omission : m_view->content().shown->content.omissions)
        hidden += omission.why == PanelOmission::Why::NotPositiveY ? omission.points : 0;
    Badge::Words words;
    QStringList explanations;
    const auto add = [&](const QString &full, const QString &brief, const QString &explanation) {
        words.full += words.full.isEmpty() ? full : u" · "_s + full;
        words.brief = words.brief.isEmpty() ? brief : words.brief;
        explanations << explanation;
    };
    if (gaps > 0) {
        const QString count = format::count(static_cast<qint64>(gaps));
        const QString kind = infinite ? tr("NaN or ∞") : tr("NaN");
        add(linesWithGaps == 1 ? tr("%1 %2 in 1 run").arg(count, kind)
                               : tr("%1 %2 in %3 runs").arg(count, kind).arg(linesWithGaps),
            infinite ? tr("NaN/∞") : kind,
            tr("NaN and infinite values have no place in the plot. Marks show their steps: ◆ NaN, ▲ ∞, ▼ −∞."));
    }
    if (hidden > 0) {
        add(tr("%1 not above 0").arg(format::count(static_cast<qint64>(hidden))), tr("≤ 0"),
            tr("A logarithmic axis can't show zero or negative values: marks at the foot show their steps."));
    }
    if (const double spacing = roundedTo(m_view->lines()); spacing > 1) {
        add(tr("rounded to %1").arg(format::metricFull(spacing)), tr("rounded"),
            tr("Numbers of this size are kept to multiples of %1: smaller differences are not drawn.").arg(format::metricFull(spacing)));
    }
    const PanelContent &content = m_view->content().shown->content;
    const QStringList leftOut = leftOutTexts(m_view->content().question(), content);
    const bool isOne = leftOut.size() == 1;
    if (!leftOut.isEmpty())
        add(leftOut.join(u" · "_s),
            isOne && content.counted > 0 ? tr("counted") : isOne && content.beforeStart > 0 ? tr("below 0") : tr("no x"),
            tr("What has no place on this x axis is left out, or counted where it says so. Elapsed time counts from the start "
               "of each run."));
    m_notFinite->show(words, gaps > 0 ? Badge::Tone::Bad : Badge::Tone::Warning, explanations.join(u'\n'));
}

// The plot, or why there is none.
void ChartPanel::showPage()
{
    const PanelFeed::Progress &progress = m_feed.progress();
    if (!m_feed.problem().isEmpty() && m_view->lines().empty()) {
        showMessage(m_feed.problem(), false);
    } else if (!m_view->lines().empty() && progress.sampled + progress.complete > 0) {
        m_patience.stop();
        m_message->clear();
        m_pages->setCurrentWidget(m_view);
    } else if (progress.error) {
        showMessage(progress.error->sentence(), true);
    } else if (progress.waiting > 0 || m_feed.isComputing()) {
        if (!m_patience.isActive() && m_message->text() != tr("Loading…")) {
            showMessage({}, false);
            m_patience.start();
        }
    } else if (progress.absent.size() < progress.runs) {
        showMessage(tr("None of the points has a place on this x axis."), false);
    } else {
        showMessage(progress.runs == 1
                ? tr("This run has no %1.").arg(panel().displayTitle())
                : tr("%1 isn't in any of the %2 runs.").arg(panel().displayTitle()).arg(progress.runs),
            false);
    }
}

void ChartPanel::showMessage(const QString &text, bool canRetry)
{
    m_patience.stop();
    m_message->setText(text);
    m_retry->setVisible(canRetry);
    m_retry->setAccessibleName(tr("Load %1 again").arg(panel().displayTitle()));
    m_pages->setCurrentWidget(m_messagePage);
}

QString ChartPanel::message() const
{
    return m_pages->currentWidget() == m_messagePage ? m_message->text() : QString();
}

QString ChartPanel::badgeText() const
{
    return m_points->fullText();
}

// Where the header is narrow the words of the badges give way first, then the note, then the middle of the title.
void ChartPanel::fitHeader()
{
    const auto roomForTitle = [this] {
        int taken = 32;
        for (const QWidget *widget : {static_cast<QWidget *>(m_absent), static_cast<QWidget *>(m_notFinite),
                 static_cast<QWidget *>(m_loadAll), static_cast<QWidget *>(m_points), static_cast<QWidget *>(m_sizeButton),
                 static_cast<QWidget *>(m_menuButton)})
            taken += widget->isHidden() ? 0 : widget->sizeHint().width() + 8;
        return width() - taken;
    };
    const QString title = panel().displayTitle();
    const int wanted = m_title->fontMetrics().horizontalAdvance(title);
    const std::array badges{m_absent, m_notFinite, m_points};
    for (Badge *badge : badges)
        badge->setBrief(false);
    for (Badge *badge : badges) {
        if (roomForTitle() < wanted)
            badge->setBrief(true);
    }
    const int room = std::max(40, roomForTitle());
    const int note = m_note->text().isEmpty() ? 0 : m_note->fontMetrics().horizontalAdvance(m_note->text()) + 16;
    m_note->setVisible(note > 0 && wanted + note <= room);
    m_title->setText(
        m_title->fontMetrics().elidedText(title, Qt::ElideMiddle, m_note->isHidden() ? room : room - note));
}

void ChartPanel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitHeader();
    m_rangeTable->setRoom(height() * 2 / 5);
    m_grip->move(width() - gripSize, height() - gripSize);
    m_grip->raise();
}

void ChartPanel::applyColours()
{
    QPalette link = palette();
    link.setColor(QPalette::ButtonText, theme::tokens(palette()).accent);
    m_loadAll->setPalette(link);
}

void ChartPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    applyColours();
    showLegend();
}

void ChartPanel::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(tokens.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (m_grip->isHidden())
        return;
    painter.setPen(QPen(tokens.border, 1));
    for (const int away : {4, 8})
        painter.drawLine(width() - 3 - away, height() - 4, width() - 4, height() - 3 - away);
}

QImage ChartPanel::picture()
{
    const double ratio = devicePixelRatioF();
    QImage image(size() * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(theme::tokens(palette()).base);
    render(&image);
    return image;
}
