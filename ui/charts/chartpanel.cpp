// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartpanel.h"

#include "models/api/background.h"
#include "models/charts/rasteriser.h"
#include "models/charts/seriestext.h"
#include "models/values/format.h"
#include "ui/charts/badge.h"
#include "ui/charts/lineitem.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMilliseconds = 500;
constexpr int radius = 8;

QString listed(const QStringList &names)
{
    constexpr qsizetype most = 12;
    if (names.size() <= most)
        return names.join(u", "_s);
    return ChartPanel::tr("%1 and %2 more").arg(names.mid(0, most).join(u", "_s)).arg(names.size() - most);
}

} // namespace

ChartPanel::ChartPanel(const QString &metric, QWidget *parent)
    : QFrame(parent)
    , m_metric(metric)
    , m_title(new QLabel(this))
    , m_scale(new QLabel(tr("log"), this))
    , m_notFinite(new Badge(this))
    , m_absent(new Badge(this))
    , m_points(new Badge(this))
    , m_loadAll(new QPushButton(tr("Load All"), this))
    , m_menuButton(new QToolButton(this))
    , m_menu(new QMenu(this))
    , m_logarithmicAction(nullptr)
    , m_pages(new QStackedWidget(this))
    , m_view(new ChartView(this))
    , m_messagePage(new QWidget(this))
    , m_message(new QLabel(m_messagePage))
    , m_retry(new QPushButton(tr("Retry"), m_messagePage))
{
    setAccessibleName(tr("Panel %1").arg(metric));
    makeMenu();
    makeMessage();
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_messagePage);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 4, 1, 4);
    column->setSpacing(0);
    makeHeader();
    column->addWidget(m_pages, 1);

    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_message->setText(tr("Loading…")); });
    connect(m_view, &ChartView::drawnChanged, this, &ChartPanel::showBadges);
    connect(m_view, &ChartView::logarithmicChanged, this, [this](bool logarithmic) {
        m_logarithmicAction->setChecked(logarithmic);
        m_scale->setVisible(logarithmic);
    });
    connect(m_loadAll, &QPushButton::clicked, this, &ChartPanel::retryRequested);
    connect(m_retry, &QPushButton::clicked, this, &ChartPanel::retryRequested);
    applyColours();
    setFocusProxy(m_view);
}

void ChartPanel::makeHeader()
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setMinimumWidth(20);
    m_title->setToolTip(m_metric);
    m_title->setAccessibleName(m_metric);
    m_title->setTextFormat(Qt::PlainText);
    m_scale->hide();
    m_loadAll->setFlat(true);
    m_loadAll->hide();
    m_menuButton->setIcon(theme::icon(u"overflow-menu"_s));
    if (m_menuButton->icon().isNull())
        m_menuButton->setText(u"⋮"_s);
    m_menuButton->setAutoRaise(true);
    connect(m_menuButton, &QToolButton::clicked, this, [this] {
        m_menu->popup(m_menuButton->mapToGlobal(QPoint(0, m_menuButton->height())));
    });
    m_menuButton->setToolTip(tr("Menu of this panel"));
    m_menuButton->setAccessibleName(tr("Menu of the panel %1").arg(m_metric));

    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 6, 4);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_scale);
    row->addStretch(1);
    row->addWidget(m_absent);
    row->addWidget(m_notFinite);
    row->addWidget(m_loadAll);
    row->addWidget(m_points);
    row->addWidget(m_menuButton);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void ChartPanel::makeMenu()
{
    m_logarithmicAction = m_menu->addAction(tr("Logarithmic Values"));
    m_logarithmicAction->setCheckable(true);
    connect(m_logarithmicAction, &QAction::toggled, m_view, &ChartView::setLogarithmic);
    m_menu->addAction(tr("Reset Zoom"), m_view, &ChartView::resetZoom);
    m_menu->addSeparator();
    m_menu->addAction(tr("Copy Image"), this, [this] { QGuiApplication::clipboard()->setImage(picture()); });
    m_menu->addAction(tr("Copy Data in View"), this, &ChartPanel::copyText);
    m_menu->addAction(tr("Save Image…"), this, [this] {
        savePicture(QFileDialog::getSaveFileName(
            this, tr("Save Image"), m_metric + u".png"_s, tr("PNG image (*.png)")));
    });
    m_menu->addAction(tr("Save Data in View…"), this, [this] {
        saveText(QFileDialog::getSaveFileName(
            this, tr("Save Data"), m_metric + u".csv"_s, tr("Comma-separated values (*.csv)")));
    });
    m_menu->addSeparator();
    m_menu->addAction(tr("Move Forward"), this, [this] { emit moveRequested(-1); });
    m_menu->addAction(tr("Move Back"), this, [this] { emit moveRequested(1); });
    m_menu->addAction(tr("Remove Panel"), this, &ChartPanel::removeRequested);
}

void ChartPanel::makeMessage()
{
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    auto *column = new QVBoxLayout(m_messagePage);
    column->addStretch(1);
    column->addWidget(m_message);
    column->addWidget(m_retry, 0, Qt::AlignHCenter);
    column->addStretch(1);
}

void ChartPanel::setContent(std::vector<ChartLine> lines, const Progress &progress)
{
    m_progress = progress;
    if (!lines.empty()) {
        m_patience.stop();
        m_pages->setCurrentWidget(m_view);
    } else if (progress.error) {
        showMessage(progress.error->sentence(), true);
    } else if (progress.waiting > 0) {
        if (!m_patience.isActive() && m_message->text() != tr("Loading…")) {
            showMessage({}, false);
            m_patience.start();
        }
    } else {
        showMessage(progress.runs == 1
                ? tr("This run has no %1.").arg(m_metric)
                : tr("%1 isn't in any of the %2 runs.").arg(m_metric).arg(progress.runs),
            false);
    }
    m_view->setLines(m_metric, std::move(lines));
    showBadges();
}

void ChartPanel::showMessage(const QString &text, bool canRetry)
{
    m_patience.stop();
    m_message->setText(text);
    m_retry->setVisible(canRetry);
    m_retry->setAccessibleName(tr("Load %1 again").arg(m_metric));
    m_pages->setCurrentWidget(m_messagePage);
}

QString ChartPanel::message() const
{
    return m_pages->currentWidget() == m_messagePage ? m_message->text() : QString();
}

QString ChartPanel::badgeText() const
{
    return m_points->text();
}

void ChartPanel::showBadges()
{
    const std::vector<ChartLine> &lines = m_view->lines();
    std::size_t longest = 0;
    std::size_t all = 0;
    std::size_t gaps = 0;
    std::size_t hidden = 0;
    int runsWithGaps = 0;
    bool infinite = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Series &series = *lines[i].series;
        longest = std::max(longest, series.size());
        all += series.size();
        gaps += series.gaps().size();
        runsWithGaps += series.gaps().empty() ? 0 : 1;
        infinite = infinite || std::any_of(series.gaps().cbegin(), series.gaps().cend(),
                       [&](std::uint32_t gap) { return std::isinf(series.values()[gap]); });
        hidden += m_view->drawn()[i]->gaps().size() - series.gaps().size();
    }
    const QString points = format::count(static_cast<qint64>(longest));
    const int open = m_progress.waiting + m_progress.sampled;
    const QString total = tr("Lines: %1. Points: %2.")
                              .arg(lines.size()).arg(format::count(static_cast<qint64>(all)));
    if (lines.empty())
        m_points->show(m_progress.waiting > 0 && !m_progress.error ? tr("Loading…") : QString(),
            Badge::Tone::Neutral, {});
    else if (open == 0)
        m_points->show(tr("%1 of %1").arg(points), Badge::Tone::Neutral,
            tr("Every point that the server keeps is drawn. %1").arg(total));
    else if (m_progress.complete == 0)
        m_points->show(tr("Sample of %1 points").arg(points), Badge::Tone::Warning,
            tr("The server's sample of each line is drawn until all points are here. %1").arg(total));
    else
        m_points->show(tr("%1 of %2 lines in full").arg(m_progress.complete).arg(m_progress.complete + open),
            Badge::Tone::Warning, tr("The others are a sample so far. %1").arg(total));
    m_loadAll->setVisible(!lines.empty() && m_progress.error);
    m_loadAll->setToolTip(m_progress.error ? m_progress.error->sentence() : QString());

    const qsizetype absent = m_progress.absent.size();
    m_absent->show(absent > 0 && !lines.empty()
            ? tr("not in %1 of %2 runs").arg(absent).arg(m_progress.runs) : QString(),
        Badge::Tone::Neutral, tr("%1 isn't in %2.").arg(m_metric, listed(m_progress.absent)));
    QString notFinite;
    if (gaps > 0) {
        const QString count = format::count(static_cast<qint64>(gaps));
        const QString kind = infinite ? tr("NaN or ∞") : tr("NaN");
        notFinite = runsWithGaps == 1 ? tr("%1 %2 in 1 run").arg(count, kind)
                                      : tr("%1 %2 in %3 runs").arg(count, kind).arg(runsWithGaps);
    } else if (hidden > 0)
        notFinite = tr("%1 not above 0").arg(format::count(static_cast<qint64>(hidden)));
    m_notFinite->show(notFinite, gaps > 0 ? Badge::Tone::Bad : Badge::Tone::Warning,
        gaps > 0 ? tr("NaN and infinite values have no place in the plot: triangles on the axis mark their steps.")
                 : tr("A logarithmic axis can't show zero or negative values: triangles mark their steps."));
    elideTitle();
}

void ChartPanel::elideTitle()
{
    int taken = 60;
    for (const QWidget *widget : {static_cast<QWidget *>(m_scale), static_cast<QWidget *>(m_absent),
             static_cast<QWidget *>(m_notFinite), static_cast<QWidget *>(m_loadAll),
             static_cast<QWidget *>(m_points)})
        taken += widget->isHidden() ? 0 : widget->sizeHint().width() + 8;
    m_title->setText(m_title->fontMetrics().elidedText(m_metric, Qt::ElideMiddle, std::max(40, width() - taken)));
}

void ChartPanel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    elideTitle();
}

void ChartPanel::applyColours()
{
    QPalette secondary = palette();
    secondary.setColor(QPalette::WindowText, theme::tokens(palette()).secondary);
    m_scale->setPalette(secondary);
    m_message->setPalette(secondary);
    QPalette link = palette();
    link.setColor(QPalette::ButtonText, theme::tokens(palette()).accent);
    m_loadAll->setPalette(link);
}

void ChartPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColours();
}

void ChartPanel::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(tokens.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
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

void ChartPanel::savePicture(const QString &path)
{
    if (path.isEmpty())
        return;
    if (!picture().save(path, "PNG"))
        emit failed(tr("The image could not be written to %1.").arg(path));
}

// 100 lines of 15,000 points are 30 MB of text: on another thread.
void ChartPanel::saveText(const QString &path)
{
    if (path.isEmpty())
        return;
    const auto write = [lines = m_view->lines(), view = m_view->view(), path] {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(seriesText(lines, view.x0, view.x1, ','));
        return file.commit();
    };
    runInBackground(this, write, [this, path](bool written) {
        if (!written)
            emit failed(tr("The data could not be written to %1.").arg(path));
    });
}

void ChartPanel::copyText()
{
    const auto make = [lines = m_view->lines(), view = m_view->view()] {
        return QString::fromUtf8(seriesText(lines, view.x0, view.x1, '\t'));
    };
    runInBackground(this, make, [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
}
